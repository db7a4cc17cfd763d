namespace ImageSig;

/// <summary>A file is not a model that can be used here, or a model that was read gives no numbers; the message says which file (where one is read), why, and what to do, in one line.</summary>
public sealed class ModelFileException : Exception
{
    /// <summary>An error with the given message, in one line whatever it quotes.</summary>
    public ModelFileException(string message, Exception? cause = null)
        : base(message.ReplaceLineEndings(" "), cause)
    {
    }
}
