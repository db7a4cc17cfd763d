namespace ImageSig.Imaging;

/// <summary>This library's own decoding, for code that lets its caller choose one.</summary>
public sealed class ImageDecoder : IImageDecoder
{
    /// <summary>The only one; it has no state.</summary>
    public static ImageDecoder Default { get; } = new();

    private ImageDecoder() { }

    /// <inheritdoc/>
    public Image Decode(ReadOnlySpan<byte> file, DecodeOptions options) => Image.Decode(file, options);
}
