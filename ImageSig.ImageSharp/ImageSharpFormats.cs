using ImageSig.Imaging;

namespace ImageSig.ImageSharp;

/// <summary>The formats that ImageSharp reads and ImageSig does not.</summary>
public static class ImageSharpFormats
{
    /// <summary>GIF, WebP, TIFF and TGA.</summary>
    public static IReadOnlyList<ImageFormat> All { get; } = [new GifFormat(), new WebPFormat(), new TiffFormat(), new TgaFormat()];

    /// <summary>Has every reader of this process read them, by content: training, prediction, <see cref="Image.Load"/>. Calling it again changes nothing.</summary>
    public static void Register()
    {
        foreach (ImageFormat format in All)
            ImageFormats.Register(format);
    }
}
