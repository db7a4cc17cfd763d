namespace ImageSig.NN;

/// <summary>Training cannot go on with these settings; the message says why and what to change, in one line.</summary>
public sealed class TrainingException : Exception
{
    /// <summary>An error with the given one-line message.</summary>
    public TrainingException(string message)
        : base(message)
    {
    }
}
