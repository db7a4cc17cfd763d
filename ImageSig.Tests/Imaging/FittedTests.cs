using System.Text;
using ImageSig.Imaging;
using ImageSig.Tests.Support;

namespace ImageSig.Tests.Imaging;

/// <summary>Pictures that are brought to a size while they are decoded: the same pixels as decoding whole and resizing, in the memory of a few rows.</summary>
public class FittedTests
{
    private static readonly (int Width, int Height)[] Sizes = [(1, 1), (7, 5), (64, 64), (3, 40), (90, 2)];

    [Fact]
    public void Every_format_gives_the_pixels_of_decoding_whole_and_resizing()
    {
        foreach ((string name, byte[] file) in Files())
            foreach ((int width, int height) in Sizes)
                foreach (ImageFit fit in Enum.GetValues<ImageFit>())
                    AssertSame(name, file, width, height, fit, DecodeOptions.Default);
    }

    [Fact]
    public void Every_orientation_gives_the_pixels_of_turning_first()
    {
        byte[] png = Pictures.Photograph(23, 9, 3).EncodePng();
        for (int orientation = 1; orientation <= 8; orientation++)
        {
            byte[] note = OrientationTests.WithOrientation([0, 0], orientation, little: true)[12..];
            byte[] chunk = [.. "eXIf"u8, .. note];
            byte[] turned = [.. png.AsSpan(0, 33), 0, 0, 0, (byte)note.Length, .. chunk, .. Checksum(chunk), .. png.AsSpan(33)];
            Assert.Equal(orientation, ImageInfo.Read(turned).Orientation);
            byte[] jpeg = OrientationTests.WithOrientation(Pictures.Photograph(37, 21, 1).EncodeJpeg(), orientation, little: false);
            foreach ((int width, int height) in Sizes)
                foreach (ImageFit fit in Enum.GetValues<ImageFit>())
                {
                    AssertSame($"png {orientation}", turned, width, height, fit, DecodeOptions.Default);
                    AssertSame($"jpeg {orientation}", jpeg, width, height, fit, new() { NeededSize = (width, height), NeededFit = fit });
                }
        }
    }

    [Fact]
    public void Every_jpeg_gives_them_at_every_scale_with_smooth_and_with_repeated_colors()
    {
        foreach ((string name, byte[] file) in Samples.Jpegs)
            foreach (int scale in new[] { 1, 2, 4, 8 })
                foreach (bool smooth in new[] { true, false })
                    AssertSame(name, file, 9, 11, ImageFit.Stretch, new() { Scale = scale, SmoothChroma = smooth });
    }

    [Fact]
    public void What_is_damaged_and_odd_is_said_of_fitted_pictures_too()
    {
        byte[] file = Pictures.Photograph(60, 40, 1).EncodeJpeg();
        Assert.NotNull(Image.DecodeFitted(file.AsSpan(0, file.Length - 2), 8, 8).Irregularity);
        Assert.NotNull(Image.DecodeFitted(file.AsSpan(0, file.Length - 40), 8, 8).Damage);
        Assert.Throws<ImageFormatException>(() => Image.DecodeFitted(file.AsSpan(0, file.Length - 40), 8, 8, options: new() { Strict = true }));
        foreach (byte[] cut in new[] { file[..(file.Length * 2 / 3)], [.. file.AsSpan(0, file.Length / 2), 0xFF, 0xD9] })
            AssertSame("cut", cut, 16, 16, ImageFit.Stretch, DecodeOptions.Default);
    }

    [Fact]
    public void Very_wide_and_very_high_pictures_average_exactly()
    {
        foreach ((int width, int height) in new[] { (70_001, 3), (200_000, 1), (1, 70_001), (131_072, 2) })
        {
            Image picture = Pictures.Noise(width, height, 5);
            byte[] file = picture.EncodePpm();
            foreach (ImageFit fit in Enum.GetValues<ImageFit>())
                AssertSame($"{width}x{height}", file, 5, 3, fit, DecodeOptions.Default);
            Image small = Resize.Area(picture, 1, 1);
            for (int channel = 0; channel < 3; channel++)
            {
                long sum = 0;
                for (int i = channel; i < picture.Pixels.Length; i += 3)
                    sum += picture.Pixels[i];
                long area = (long)width * height;
                Assert.Equal((sum + area / 2) / area, small.Pixels[channel]);
            }
        }
    }

    [Fact]
    public void Narrow_pictures_whose_rows_are_taken_together_average_exactly()
    {
        foreach (int width in new[] { 1, 2, 3, 11 })
        {
            // More rows than 16 bits hold sums of, and than are taken at once.
            Image picture = Pictures.Noise(width, 6_001, 5);
            byte[] bits = [.. Encoding.ASCII.GetBytes($"P4\n{width} 3000\n"), .. Pictures.Noise(width, 3_000, 6).Pixels[..((width + 7) / 8 * 3_000)]];
            foreach ((string name, byte[] file) in new[] { ("png", picture.EncodePng()), ("bmp", Bitmap(picture)), ("ppm", picture.EncodePpm()), ("pbm", bits) })
                foreach ((int columns, int rows) in new[] { (1, 1), (5, 3), (64, 64), (2, 5_000) })
                    foreach (ImageFit fit in Enum.GetValues<ImageFit>())
                        AssertSame($"{name} {width}", file, columns, rows, fit, DecodeOptions.Default);
            Assert.Equal(picture.Pixels, Image.Decode(picture.EncodePng()).Pixels);
            Assert.Equal(picture.Pixels, Image.Decode(Bitmap(picture)).Pixels);
        }
    }

    [Fact]
    public void Interlaced_pictures_give_the_same_pixels_whole_and_row_by_row()
    {
        foreach ((int width, int height) in new[] { (1, 1), (1, 40), (2, 9), (3, 5), (4, 8), (5, 4), (17, 13), (300, 3), (1, 3000), (65_537, 2), (131_080, 9) })
        {
            Image picture = Pictures.Noise(width, height, 5);
            byte[] file = PngSamples.Interlaced(picture);
            Assert.Equal(picture.Pixels, Image.Decode(file).Pixels);
            foreach ((int columns, int rows) in Sizes)
                AssertSame($"interlaced {width}x{height}", file, columns, rows, ImageFit.Crop, DecodeOptions.Default);
        }
        byte[] cut = PngSamples.Write(40, 40, depth: 8, color: 0, interlace: 1, rows: new byte[1000], palette: []);
        Assert.Contains("end early", Assert.Throws<ImageFormatException>(() => Image.DecodeFitted(cut, 8, 8)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_sizes_come_from_one_decoding()
    {
        using TemporaryFolder folder = new();
        FittedSize[] sizes = [new(8, 8, ImageFit.Stretch), new(5, 9, ImageFit.Crop), new(12, 4, ImageFit.Letterbox, 7)];
        foreach ((string name, byte[] file) in Files())
        {
            File.WriteAllBytes(folder[name], file);
            Image[] fitted = Image.LoadFitted(folder[name], sizes, DecodeOptions.Default);
            for (int i = 0; i < sizes.Length; i++)
                Assert.Equal(Image.DecodeFitted(file, sizes[i].Width, sizes[i].Height, sizes[i].Fit, bars: sizes[i].Bars).Pixels, fitted[i].Pixels);
        }
    }

    [Fact]
    public void A_picture_of_twenty_million_rows_averages_exactly()
    {
        // Sums of 32 bits would overflow.
        const int Rows = 20_000_000;
        byte[] file = [.. Encoding.ASCII.GetBytes($"P4\n1 {Rows}\n"), .. new byte[Rows]];
        Assert.Equal([255, 255, 255], Image.DecodeFitted(file, 1, 1).Pixels.ToArray());
    }

    [Fact]
    public void A_large_file_is_read_from_the_disk_while_it_is_decoded()
    {
        using TemporaryFolder folder = new();
        Image picture = Pictures.Noise(1100, 700, 4);
        foreach ((string name, byte[] file) in new[] { ("a.png", picture.EncodePng()), ("a.ppm", picture.EncodePpm()), ("a.bmp", Bitmap(picture)), ("a.jpg", picture.EncodeJpeg(100)), ("b.png", PngSamples.Interlaced(picture)) })
        {
            File.WriteAllBytes(folder[name], file);
            Image expected = Resize.Fit(Image.Decode(file), 40, 30, ImageFit.Crop);
            Image.LoadFitted(folder[name], 40, 30, ImageFit.Crop);
            Assert.Equal(expected.Pixels, Image.LoadFitted(folder[name], 40, 30, ImageFit.Crop).Pixels);
            using MemoryStream stream = new(file);
            Assert.Equal(expected.Pixels, Image.DecodeFitted(stream, 40, 30, ImageFit.Crop).Pixels);
            Assert.InRange(Cost.UsualBytes(() => Image.LoadFitted(folder[name], 40, 30, ImageFit.Crop)), 0, 200_000);
            Assert.Equal(Image.Decode(file).Pixels, Image.Load(folder[name]).Pixels);
            Assert.Equal(ImageInfo.Read(file), ImageInfo.Load(folder[name]));
        }
        File.WriteAllBytes(folder["cut.ppm"], picture.EncodePpm()[..^1]);
        Assert.StartsWith(folder["cut.ppm"], Assert.Throws<ImageFormatException>(() => Image.LoadFitted(folder["cut.ppm"], 4, 4)).Message, StringComparison.Ordinal);
    }

    private static IEnumerable<(string Name, byte[] File)> Files()
    {
        Image picture = Pictures.Photograph(47, 31, 2);
        yield return ("png", picture.EncodePng());
        yield return ("interlaced", PngSamples.Write(8, 8, depth: 2, color: 3, interlace: 1, rows: [.. Enumerable.Repeat((byte)0, 60)], palette: [1, 2, 3, 4, 5, 6, 7, 8, 9]));
        yield return ("gray", PngSamples.Write(5, 3, depth: 4, color: 0, interlace: 0, rows: [0, 1, 2, 3, 1, 4, 5, 6, 2, 7, 8, 9], palette: [], transparency: [0, 2]));
        yield return ("alpha", PngSamples.Write(5, 4, depth: 16, color: 4, interlace: 0, rows: [.. Enumerable.Range(0, 84).Select(i => (byte)(i % 21 == 0 ? i % 5 : i))], palette: []));
        yield return ("ppm", picture.EncodePpm());
        yield return ("plain", Encoding.ASCII.GetBytes("P3\n3 2\n255\n1 2 3 4 5 6 7 8 9\n10 11 12 13 14 15 16 17 18\n"));
        yield return ("bits", Encoding.ASCII.GetBytes("P1 9 2 101010101 010101010"));
        yield return ("bmp", Bitmap(picture));
        yield return ("jpeg", picture.EncodeJpeg());
    }

    private static void AssertSame(string name, byte[] file, int width, int height, ImageFit fit, DecodeOptions options)
    {
        Image whole = Resize.Fit(Image.Decode(file, options), width, height, fit, bars: 9);
        Image fitted = Image.DecodeFitted(file, width, height, fit, options, bars: 9);
        Assert.True(whole.Pixels.SequenceEqual(fitted.Pixels), $"{name} to {width}x{height}, {fit}");
        Assert.Equal((whole.Width, whole.Height), (fitted.Width, fitted.Height));
    }

    /// <summary>The picture with 24 bits, from the last row to the first.</summary>
    private static byte[] Bitmap(Image picture)
    {
        int row = (3 * picture.Width + 3) / 4 * 4;
        byte[] file = new byte[54 + row * picture.Height];
        (file[0], file[1], file[10], file[14], file[26], file[28]) = ((byte)'B', (byte)'M', 54, 40, 1, 24);
        BitConverter.TryWriteBytes(file.AsSpan(18), picture.Width);
        BitConverter.TryWriteBytes(file.AsSpan(22), picture.Height);
        for (int y = 0; y < picture.Height; y++)
            for (int i = 0; i < 3 * picture.Width; i++)
                file[54 + row * (picture.Height - 1 - y) + i + 2 - 2 * (i % 3)] = picture.Row(y)[i];
        return file;
    }

    private static byte[] Checksum(byte[] chunk)
    {
        byte[] number = new byte[4];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(number, Crc32.Append(0, chunk));
        return number;
    }
}
