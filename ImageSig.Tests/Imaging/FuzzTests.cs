using System.Globalization;
using System.Text;
using ImageSig.Imaging;
using ImageSig.Tests.Support;

namespace ImageSig.Tests.Imaging;

/// <summary>Mutated files by the thousand: each ends in a picture or in one clear line, soon, and within the memory that the options allow.</summary>
/// <remarks>Each mutation has a seed of its own, its number, so that a failure can be run again alone. The gate runs the first 16,000; IMAGESIG_FUZZ=1000000 runs a
/// million, and IMAGESIG_FUZZ_FROM begins later, to run them in pieces.</remarks>
public class FuzzTests
{
    private const int MostPixels = 1_000_000;

    /// <summary>A picture, its planes, a progressive file's coefficients, and what a pool rounds up: bytes per pixel allowed.</summary>
    private const int MostBytesPerPixel = 48;

    private static readonly int Count = Number("IMAGESIG_FUZZ", 16_000);
    private static readonly int First = Number("IMAGESIG_FUZZ_FROM", 0);

    [Fact]
    public void Mutated_files_of_every_format_never_crash_hang_or_take_memory()
    {
        byte[][] samples = [.. Samples.Jpegs.Select(sample => sample.File), .. Pngs(), .. Others()];
        ParallelOptions workers = new() { MaxDegreeOfParallelism = Count > 100_000 ? Environment.ProcessorCount : 1 };
        Parallel.For(First, First + Count, workers, i => Check(StructuredMutation.Of(samples[i % samples.Length], new Random(i)), i));
    }

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out int number) ? number : otherwise;

    private static void Check(byte[] file, int index)
    {
        DecodeOptions options = new()
        {
            MaxPixels = MostPixels,
            Strict = index % 3 == 0,
            Scale = 1 << index % 4,
            SmoothChroma = index % 5 != 0,
        };
        // Whole, or brought to a size on the way: other code between the decoder and the picture.
        Cost cost = Cost.Of(() =>
        {
            if (index % 2 == 0)
                Image.Decode(file, options);
            else
                Image.DecodeFitted(file, 64, 64, (ImageFit)(index / 2 % 3), options);
        });
        if (cost.Thrown is not (null or ImageFormatException) || cost.Bytes > (long)MostBytesPerPixel * MostPixels || cost.Time.TotalSeconds > 1)
        {
            string kept = Path.Combine(Path.GetTempPath(), $"imagesig-fuzz-{index}.bin");
            File.WriteAllBytes(kept, file);
            Assert.Fail($"mutation {index} (kept as {kept}): {cost}");
        }
    }

    private static IEnumerable<byte[]> Pngs()
    {
        yield return Samples.Png;
        yield return Pictures.Noise(40, 3, 1).EncodePng();
        // 8x8, interlaced, 2-bit palette; then 16-bit gray with alpha.
        yield return PngSamples.Write(8, 8, depth: 2, color: 3, interlace: 1, rows: [.. Enumerable.Repeat((byte)0, 60)], palette: [1, 2, 3, 4, 5, 6, 7, 8, 9]);
        yield return PngSamples.Write(5, 4, depth: 16, color: 4, interlace: 0, rows: [.. Enumerable.Range(0, 84).Select(i => (byte)(i % 21 == 0 ? i % 5 : i))], palette: []);
    }

    private static IEnumerable<byte[]> Others()
    {
        yield return Pictures.Noise(9, 5, 2).EncodePpm();
        yield return Encoding.ASCII.GetBytes("P3\n3 2\n255\n1 2 3 4 5 6 7 8 9\n10 11 12 13 14 15 16 17 18\n");
        yield return Encoding.ASCII.GetBytes("P1 9 2 101010101 010101010");
        yield return Bitmap(24, 0, 3, [.. Enumerable.Range(0, 36).Select(i => (byte)i)]);
        yield return Bitmap(8, 1, 3, [3, 1, 0, 0, 0, 3, 1, 2, 3, 0, 0, 2, 1, 0, 2, 2, 0, 1]);
        yield return Bitmap(4, 2, 3, [3, 0x12, 0, 0, 0, 3, 0x12, 0x30, 0, 1]);
        yield return Bitmap(32, 3, 3, [.. Enumerable.Range(0, 60).Select(i => (byte)(7 * i))]);
    }

    private static byte[] Bitmap(byte bits, byte compression, byte side, byte[] pixels)
    {
        byte[] palette = bits > 8 ? [] : [.. Enumerable.Range(0, 4 << bits).Select(i => (byte)i)];
        byte[] header = new byte[54];
        (header[0], header[1], header[14], header[18], header[22], header[26], header[28], header[30]) = ((byte)'B', (byte)'M', 40, side, side, 1, bits, compression);
        BitConverter.TryWriteBytes(header.AsSpan(10), 54 + palette.Length);
        return [.. header, .. palette, .. pixels];
    }
}
