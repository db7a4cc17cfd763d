namespace ImageSig.Imaging;

/// <summary>Turns the bytes of an image file into a picture. <see cref="Image.Decode"/> is one; others read formats that it does not.</summary>
public interface IImageDecoder
{
    /// <summary>Decodes a whole file held in memory.</summary>
    /// <param name="file">The bytes of the file.</param>
    /// <param name="options">What the caller allows and wants; limits and cancellation are binding.</param>
    /// <exception cref="ImageFormatException">The bytes are not an image that this decoder reads; the message is one line.</exception>
    /// <exception cref="OperationCanceledException"><see cref="DecodeOptions.Cancellation"/> was signalled.</exception>
    public Image Decode(ReadOnlySpan<byte> file, DecodeOptions options);
}
