namespace ImageSig.Tensors;

/// <summary>A setting that a user gave is out of its bounds, unknown, or does not fit the others; the message says which, what was found and what is
/// possible, in one line. Any other <see cref="ArgumentException"/> is a mistake of the calling program.</summary>
public sealed class SettingException : ArgumentException
{
    /// <summary>An error with the given one-line message.</summary>
    public SettingException(string message)
        : base(message)
    {
    }

    /// <summary>An error with the given one-line message, because of another one.</summary>
    public SettingException(string message, Exception cause)
        : base(message, cause)
    {
    }
}
