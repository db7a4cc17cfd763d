using ImageSig.Imaging;
using SixLabors.ImageSharp.PixelFormats;
using Sharp = SixLabors.ImageSharp;

namespace ImageSig.ImageSharp;

/// <summary>Pictures of ImageSharp as pictures of ImageSig, and back. Both keep pixels of their own afterwards.</summary>
public static class ImageSharpPictures
{
    /// <summary>A copy of the first frame: [H, W, 3].</summary>
    public static Image ToImageSig(this Sharp.Image<Rgb24> picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        Image copy = new(picture.Width, picture.Height);
        picture.CopyPixelDataTo(copy.Pixels);
        return copy;
    }

    /// <summary>A copy of the first frame, transparency laid over white as ImageSig's own decoders do: <c>(c · a + 255 · (255 − a)) / 255</c>, rounded.</summary>
    public static Image ToImageSig(this Sharp.Image<Rgba32> picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        Image copy = new(picture.Width, picture.Height);
        picture.ProcessPixelRows(rows =>
        {
            for (int y = 0; y < rows.Height; y++)
            {
                Span<byte> to = copy.Row(y);
                foreach (Rgba32 pixel in rows.GetRowSpan(y))
                {
                    (to[0], to[1], to[2]) = (OverWhite(pixel.R, pixel.A), OverWhite(pixel.G, pixel.A), OverWhite(pixel.B, pixel.A));
                    to = to[3..];
                }
            }
        });
        return copy;
    }

    /// <summary>A copy for ImageSharp, to be disposed of by the caller.</summary>
    public static Sharp.Image<Rgb24> ToImageSharp(this Image picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        return Sharp.Image.LoadPixelData<Rgb24>((ReadOnlySpan<byte>)picture.Pixels, picture.Width, picture.Height);
    }

    private static byte OverWhite(int level, int alpha) => (byte)((level * alpha + 255 * (255 - alpha) + 127) / 255);
}
