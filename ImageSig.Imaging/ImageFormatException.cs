namespace ImageSig.Imaging;

/// <summary>The bytes are not an image that can be read, or a picture does not fit the format to write: one line that says what is wrong, what was expected and what to do.</summary>
/// <remarks>What the line says to do is what someone who holds the file can do; code that reads it can also widen a limit, or accept damage, with
/// <see cref="DecodeOptions"/>. Every kind of damage in a file ends in this exception and in no other. Failures of the disk
/// (<see cref="IOException"/>, <see cref="UnauthorizedAccessException"/>) pass through as they are.</remarks>
public sealed class ImageFormatException : Exception
{
    /// <summary>An unexplained failure; prefer the form with a message.</summary>
    public ImageFormatException() : this("The bytes are not a readable image.") { }

    /// <summary>A failure with its one-line explanation.</summary>
    public ImageFormatException(string message) : base(message) { }

    /// <summary>A failure with its one-line explanation and what led to it.</summary>
    public ImageFormatException(string message, Exception? innerException) : base(message, innerException) { }
}
