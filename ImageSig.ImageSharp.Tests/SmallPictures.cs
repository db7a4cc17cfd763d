using ImageSig.Imaging;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats;
using SixLabors.ImageSharp.Formats.Gif;
using SixLabors.ImageSharp.Formats.Tga;
using SixLabors.ImageSharp.Formats.Tiff;
using SixLabors.ImageSharp.Formats.Webp;
using SixLabors.ImageSharp.PixelFormats;
using Image = ImageSig.Imaging.Image;

namespace ImageSig.ImageSharp.Tests;

/// <summary>Pictures of our own making, and files of them that lose nothing.</summary>
internal static class SmallPictures
{
    /// <summary>ImageSharp's encoders of the formats that it reads for us.</summary>
    public static IReadOnlyDictionary<string, IImageEncoder> Encoders { get; } = new Dictionary<string, IImageEncoder>
    {
        ["GIF"] = new GifEncoder(),
        ["WebP"] = new WebpEncoder { FileFormat = WebpFileFormatType.Lossless },
        ["TIFF"] = new TiffEncoder(),
        ["TGA"] = new TgaEncoder { BitsPerPixel = TgaBitsPerPixel.Pixel24, Compression = TgaCompression.RunLength },
    };

    /// <summary>Bands of eight colors, no more, so that a palette holds them all; brighter or darker as asked.</summary>
    public static Image Bands(int width, int height, int level = 0)
    {
        Image image = new(width, height);
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++)
            {
                int band = (x / 3 + 2 * (y / 5)) % 8;
                Span<byte> pixel = image.Row(y).Slice(3 * x, 3);
                (pixel[0], pixel[1], pixel[2]) = ((byte)(level + 15 * band), (byte)(level + 5 * (7 - band)), (byte)(level + 10 * (band % 4)));
            }
        return image;
    }

    /// <summary>The picture as a file of a format.</summary>
    public static byte[] Encode(Image picture, string format)
    {
        using Image<Rgb24> copy = picture.ToImageSharp();
        return Encode(copy, format);
    }

    /// <summary>The picture as a file of a format, with whatever notes it carries.</summary>
    public static byte[] Encode(SixLabors.ImageSharp.Image picture, string format)
    {
        using MemoryStream file = new();
        picture.Save(file, Encoders[format]);
        return file.ToArray();
    }
}
