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

    /// <summary>The picture as a TIFF of plain bytes.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="rowsPerStrip">What the file says of its strips, which have as many rows as the picture at most.</param>
    /// <param name="isLittle">Whether the lowest byte of a number comes first.</param>
    /// <param name="isBig">Whether it is a BigTIFF, whose places have 64 bits.</param>
    /// <param name="height">What the file says of its height; null for the truth.</param>
    public static byte[] Tiff(Image picture, uint rowsPerStrip, bool isLittle, bool isBig, uint? height = null)
    {
        int rows = (int)Math.Min(rowsPerStrip, picture.Height), strips = (picture.Height + rows - 1) / rows, row = 3 * picture.Width;
        int word = isBig ? 8 : 4, header = isBig ? 16 : 8, directory = header + picture.Pixels.Length;
        IEnumerable<int> starts = Enumerable.Range(0, strips).Select(strip => strip * rows);
        (int Tag, int Bytes, uint[] Values)[] entries =
        [
            (256, 4, [(uint)picture.Width]), (257, 4, [height ?? (uint)picture.Height]), (258, 2, [8, 8, 8]), (259, 2, [1]), (262, 2, [2]),
            (273, 4, [.. starts.Select(start => (uint)(header + start * row))]), (277, 2, [3]), (278, 4, [rowsPerStrip]),
            (279, 4, [.. starts.Select(start => (uint)(Math.Min(rows, picture.Height - start) * row))]),
        ];
        List<byte> file = [.. isLittle ? "II"u8 : "MM"u8], lists = [];
        Add(file, isBig ? 43u : 42, 2);
        if (isBig)
        {
            Add(file, 8, 2);
            Add(file, 0, 2);
        }
        Add(file, (uint)directory, word);
        file.AddRange(picture.Pixels);
        Add(file, (uint)entries.Length, isBig ? 8 : 2);
        int behind = file.Count + entries.Length * (4 + 2 * word) + word;
        foreach ((int tag, int bytes, uint[] values) in entries)
        {
            Add(file, (uint)tag, 2);
            Add(file, bytes == 2 ? 3u : 4, 2);
            Add(file, (uint)values.Length, word);
            List<byte> numbers = [];
            foreach (uint value in values)
                Add(numbers, value, bytes);
            if (numbers.Count > word)
            {
                Add(file, (uint)(behind + lists.Count), word);
                lists.AddRange(numbers);
            }
            else
                file.AddRange([.. numbers, .. new byte[word - numbers.Count]]);
        }
        Add(file, 0, word);
        return [.. file, .. lists];

        void Add(List<byte> target, uint value, int bytes)
        {
            for (int i = 0; i < bytes; i++)
                target.Add((byte)((ulong)value >> (8 * (isLittle ? i : bytes - 1 - i))));
        }
    }
}
