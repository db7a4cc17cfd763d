using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using ImageSig.Imaging;
using ImageSig.Tests.Support;

namespace ImageSig.Tests.Imaging;

/// <summary>Pictures made to cost more than they are worth. Each ends in a picture or in one clear line, within a second and 64 MB above the picture that it declares.</summary>
public class CraftedPictureTests
{
    private const int Many = 200_000;

    /// <summary>Beyond the limit pictures are refused; below it they are decoded, and cost what such a picture costs.</summary>
    private static readonly DecodeOptions[] Options = [new() { MaxPixels = 10_000_000 }, new() { MaxPixels = 10_000_000, Strict = true, NeededSize = (64, 64) }];

    private static Dictionary<string, Func<byte[]>> Files { get; } = new()
    {
        ["PNG that inflates to 256 MB behind its last row"] = () => PngSamples.WriteCompressed(8, 8, 8, 2, 0, Deflated(new byte[200], 1 << 28)),
        ["PNG of empty stored blocks"] = () => PngSamples.WriteCompressed(8, 8, 8, 2, 0, [0x78, 0x01, .. Repeated([0, 0, 0, 0xFF, 0xFF], 4 * Many)]),
        ["PNG of empty chunks of pixels"] = () => WithChunks("IDAT"u8, [], Many),
        ["PNG of notes"] = () => WithChunks("tEXt"u8, new byte[20], Many),
        ["PNG of orientations"] = () => WithChunks("eXIf"u8, [.. "MM\0*\0\0\0\u0008"u8, .. new byte[30]], Many),
        ["PNG of palettes"] = () => WithChunks("PLTE"u8, new byte[768], 20_000),
        ["PNG declared larger than its bytes"] = () => LargePictures.Png(3000, 3000, 8, 2, interlaced: true)[..2000],
        ["PNG of two million columns"] = () => LargePictures.Png(2_000_000, 1, 8, 6, interlaced: false),
        ["interlaced PNG of two million columns"] = () => LargePictures.Png(2_000_000, 1, 16, 6, interlaced: true),
        ["interlaced PNG of two million rows"] = () => LargePictures.Png(1, 2_000_000, 8, 2, interlaced: true),
        ["JPEG of tables"] = () => WithSegments([0xFF, 0xC4, 0, 20, 0, 1, .. new byte[16]], Many),
        ["JPEG of factors"] = () => WithSegments([0xFF, 0xDB, 0, 67, 0, .. Enumerable.Repeat((byte)1, 64)], Many),
        ["JPEG of orientations"] = () => WithSegments([0xFF, 0xE1, 0, 40, .. "Exif\0\0MM\0*\0\0\0\u0008"u8, 0xFF, 0xFF, .. new byte[22]], Many),
        ["JPEG of fill bytes"] = () => WithSegments([0xFF], 20 * Many),
        ["JPEG of zeros stuffed between markers"] = () => WithSegments([0xFF, 0], 20 * Many),
        ["JPEG of 500 scans of 499 tables"] = () => Progressive(64, 64, 500, tables: true),
        ["progressive JPEG of 99 scans"] = () => Progressive(3000, 3000, 99, tables: false),
        ["progressive JPEG without a byte in its scans"] = () => [.. LargePictures.Jpeg(1000, 1000, progressive: true, []), .. Bands(1000).SelectMany(band => Header(band))],
        ["progressive JPEG cut to its headers"] = () => LargePictures.ProgressiveJpeg(3100, 3100)[..20_000],
        ["JPEG of 65500 x 65500"] = () => LargePictures.BaselineJpeg(65_500, 65_500)[..5000],
        ["JPEG of 9 megapixels in 19 KB"] = () => LargePictures.BaselineJpeg(3000, 3000)[..19_000],
        ["JPEG with a restart marker a block"] = () => Restarting(Many),
        ["BMP of runs declared larger than its bytes"] = () => LargePictures.BmpOfRuns(3000, 3000)[..36_000],
        ["BMP of jumps to nowhere"] = () => Bmp(3000, 3000, [.. Repeated([0, 2, 0, 0], 20 * Many)]),
        ["BMP of empty rows"] = () => Bmp(1, 10_000_000, [.. Repeated([0, 0], 200_000)]),
        ["BMP of ends"] = () => Bmp(3000, 3000, [.. new byte[40_000], 0, 1]),
        ["BMP of literals beyond the row"] = () => Bmp(1, 3000, [.. Repeated([0, 254, .. new byte[254]], 20_000)]),
        ["plain PNM of one long comment"] = () => [.. "P3\n#"u8, .. Enumerable.Repeat((byte)'x', 8_000_000)],
        ["plain PNM of one long number"] = () => [.. "P3\n"u8, .. Enumerable.Repeat((byte)'9', 8_000_000)],
        ["plain PNM of leading zeros"] = () => [.. "P2 1 1 255 "u8, .. Enumerable.Repeat((byte)'0', 8_000_000)],
        ["plain PNM of spaces"] = () => [.. "P1 9 9 "u8, .. Enumerable.Repeat((byte)' ', 8_000_000)],
        ["plain PNM declared larger than its bytes"] = () => Encoding.ASCII.GetBytes("P3 3000 3000 255 1 2 3"),
        ["raw PNM of ten million rows"] = () => LargePictures.Pbm(1, 9_999_999),
        ["PNM declared larger than its bytes"] = () => Encoding.ASCII.GetBytes("P6 3000 3000 65535 1 2 3"),
    };

    public static TheoryData<string> Kinds() => [.. Files.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_crafted_picture_costs_a_second_at_most_and_64_megabytes_above_what_it_declares(string kind)
    {
        byte[] file = Files[kind]();
        foreach (DecodeOptions options in Options)
        {
            AssertCheap(kind, file, options, () => Image.Decode(file, options));
            AssertCheap(kind, file, options, () => Image.DecodeFitted(file, 64, 64, ImageFit.Crop, options));
            AssertCheap(kind, file, options, () => ImageInfo.Read(file, options));
        }
    }

    [Fact]
    public void Motion_jpeg_of_any_rubbish_is_gone_over_once()
    {
        byte[] frame = Pictures.Photograph(40, 30, 1).EncodeJpeg();
        foreach (byte[] part in new byte[][] { [0xFF], [0xFF, 0xD8], [0xFF, 0xD8, 0xFF], [0xFF, 0xD8, 0xFF, 0xE0, 0, 2], [0xFF, 0xD8, 0xFF, 0xDA, 0, 2, 7], [7], frame[..^2], frame[..200] })
        {
            byte[] stream = [.. Repeated(part, 4_000_000 / part.Length), .. frame];
            Cost cost = Cost.Of(() =>
            {
                using MotionJpegReader reader = new(new MemoryStream(stream), maxBytes: 1 << 20);
                while (reader.TryReadFrame(out _))
                {
                }
                MotionJpegReader.IsMotionJpeg(new MemoryStream(stream));
            });
            Assert.True(cost is { Thrown: null, Bytes: < 64 << 20, Time.TotalSeconds: < 1 }, $"{Convert.ToHexString(part.AsSpan(0, Math.Min(8, part.Length)))}: {cost}");
        }
    }

    private static void AssertCheap(string kind, byte[] file, DecodeOptions options, Action work)
    {
        long declared = 0;
        _ = Record.Exception(() => declared = 3L * ImageInfo.Read(file, options).Width * ImageInfo.Read(file, options).Height);
        Cost cost = Cost.Of(work);
        Assert.True(cost.Thrown is null or ImageFormatException && cost.Bytes - declared < 64 << 20 && cost.Time.TotalSeconds < 1, $"{kind}: {declared} bytes declared, {cost}");
        Assert.DoesNotContain('\n', cost.Thrown?.Message ?? "");
    }

    private static byte[] Repeated(byte[] part, int times)
    {
        byte[] all = new byte[(long)part.Length * times];
        for (int i = 0; i < times; i++)
            part.CopyTo(all, i * part.Length);
        return all;
    }

    private static byte[] Deflated(byte[] first, int zeros)
    {
        using MemoryStream compressed = new();
        using (ZLibStream deflate = new(compressed, CompressionLevel.Fastest, leaveOpen: true))
        {
            deflate.Write(first);
            byte[] some = new byte[1 << 20];
            for (; zeros > 0; zeros -= some.Length)
                deflate.Write(some);
        }
        return compressed.ToArray();
    }

    /// <summary>A small PNG with so many chunks more behind its header.</summary>
    private static byte[] WithChunks(ReadOnlySpan<byte> type, byte[] data, int times)
    {
        byte[] file = Pictures.Noise(8, 8, 1).EncodePng();
        byte[] chunk = [0, 0, (byte)(data.Length >> 8), (byte)data.Length, .. type, .. data, 0, 0, 0, 0];
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(chunk.Length - 4), Crc32.Append(0, chunk.AsSpan(4, 4 + data.Length)));
        return [.. file.AsSpan(0, 33), .. Repeated(chunk, times), .. file.AsSpan(33)];
    }

    private static byte[] WithSegments(byte[] segment, int times)
    {
        byte[] file = Pictures.Noise(8, 8, 1).EncodeJpeg();
        return [.. file.AsSpan(0, 2), .. Repeated(segment, times), .. file.AsSpan(2)];
    }

    /// <summary>Coefficient after coefficient of the first component, bit by bit.</summary>
    private static IEnumerable<(byte Coefficient, byte High, byte Low)> Bands(int count) =>
        (from coefficient in Enumerable.Range(1, 63) from bit in Enumerable.Range(0, 14).Reverse() select ((byte)coefficient, (byte)(bit == 13 ? 0 : bit + 1), (byte)bit)).Take(count);

    private static byte[] Header((byte Coefficient, byte High, byte Low) band) =>
        [0xFF, 0xDA, 0, 8, 1, 1, 0, band.Coefficient, band.Coefficient, (byte)((band.High << 4) | band.Low)];

    private static byte[] Progressive(int width, int height, int scans, bool tables)
    {
        byte[] file = LargePictures.Jpeg(width, height, progressive: true, [([1, 2, 3], 0, 0, 0, 0)]);
        byte[] table = [0xFF, 0xC4, 0, 20, 0x10, 1, .. new byte[15], 0xE0];
        byte[] data = new byte[(width + 7) / 8 * ((height + 7) / 8) * 15 / 16384 / 8 + 4];
        return [.. file.AsSpan(0, file.Length - 2), .. Bands(scans - 1).SelectMany(band => (byte[])[.. tables ? table : [], .. Header(band), .. data]), 0xFF, 0xD9];
    }

    /// <summary>A gray picture of black blocks, each in an interval of its own.</summary>
    private static byte[] Restarting(int blocks)
    {
        byte[] file = new Image(8, 8).EncodeJpeg(halveColor: false);
        int scan = file.AsSpan().IndexOf([(byte)0xFF, (byte)0xDA]), frame = file.AsSpan().IndexOf([(byte)0xFF, (byte)0xC0]), data = scan + 2 + file[scan + 3];
        BinaryPrimitives.WriteUInt16BigEndian(file.AsSpan(frame + 5), (ushort)(8 * 100));
        BinaryPrimitives.WriteUInt16BigEndian(file.AsSpan(frame + 7), (ushort)(8 * 100));
        byte[] interval = file[data..^2];
        return [.. file.AsSpan(0, scan), 0xFF, 0xDD, 0, 4, 0, 1, .. file.AsSpan(scan, data - scan), .. Enumerable.Range(0, blocks).SelectMany(i => (byte[])[.. interval, 0xFF, (byte)(0xD0 + i % 8)]), 0xFF, 0xD9];
    }

    private static byte[] Bmp(int width, int height, byte[] runs)
    {
        byte[] file = LargePictures.BmpOfRuns(width, 1);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(22), height);
        return [.. file.AsSpan(0, 54 + 4 * 256), .. runs];
    }
}
