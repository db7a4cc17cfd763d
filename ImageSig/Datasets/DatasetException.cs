namespace ImageSig;

/// <summary>A folder of images cannot serve as a data set; the message says which, why, and what to do, in one line.</summary>
public sealed class DatasetException : Exception
{
    /// <summary>An error with the given one-line message.</summary>
    public DatasetException(string message)
        : base(message)
    {
    }
}
