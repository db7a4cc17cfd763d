namespace ImageSig;

/// <summary>A folder of images cannot serve as a data set; the message says which, why, and what to do, in one line.</summary>
public sealed class DatasetException : Exception
{
    /// <summary>An error with the given message, in one line whatever names it quotes.</summary>
    public DatasetException(string message)
        : base(message.ReplaceLineEndings(" "))
    {
    }
}
