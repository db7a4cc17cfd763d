using System.Buffers;

namespace ImageSig.Imaging.Decoders;

/// <summary>Reads Netpbm: P1 to P3 (plain: numbers as text) and P4 to P6 (raw), black and white, gray and RGB, up to 16 bits.</summary>
/// <remarks>Levels become 8-bit by <c>round(v · 255 / most)</c>. Of several pictures in one file the first is read.
/// Source: the Netpbm manual pages pbm(5), pgm(5), ppm(5).</remarks>
internal static class NetpbmDecoder
{
    /// <summary>Decodes a whole file.</summary>
    public static Image Decode(ReadOnlySpan<byte> file, DecodeOptions options) => RowDecoding.Whole(file, options, Decode);

    /// <summary>Decodes a file row by row.</summary>
    public static void Decode(ByteSource file, DecodeOptions options, RowTarget target)
    {
        NetpbmText text = new(file);
        (int kind, int width, int height, int most) = ReadHeader(ref text, options);
        (bool raw, bool bitmap, int channels) = (kind > 3, kind is 1 or 4, kind is 3 or 6 ? 3 : 1);
        if (raw)
            text.SkipOne();
        int bits = bitmap ? (raw ? 1 : 8) : 8 * channels * (raw && most < 256 ? 1 : 2);
        long rowBytes = ((long)width * bits + 7) / 8;
        // Plain numbers may do without a space behind the last.
        long missing = rowBytes * height - (file.Length - text.Position) - (raw ? 0 : 1);
        if (missing > 0)
            throw new ImageFormatException($"PNM: {width}x{height} pixels need at least {missing} more bytes than the file has; it is truncated, copy it again.");

        target.Begin(width, height);
        int atOnce = target.RowsAtOnce;
        byte[] rented = ArrayPool<byte>.Shared.Rent(6 * atOnce * Math.Min(width, RowTarget.LongestPiece));
        try
        {
            for (int y = 0; y < height; y += atOnce)
            {
                options.CancellationToken.ThrowIfCancellationRequested();
                int rows = Math.Min(atOnce, height - y);
                for (int x = 0; x < width; x += RowTarget.LongestPiece)
                {
                    int count = Math.Min(RowTarget.LongestPiece, width - x);
                    Span<byte> pixels = target.Row(y, x, count, rows);
                    int bytes = (int)(((long)count * bits + 7) / 8);
                    Span<byte> samples = rented.AsSpan(0, rows * bytes);
                    if (!raw)
                        ReadPlain(ref text, pixels, channels, bitmap, most);
                    else if (file.Read(text.Position + y * rowBytes + (long)x * bits / 8, samples) < samples.Length)
                        throw new ImageFormatException($"PNM: the file ends in row {y} of {height}; it is truncated.");
                    else if (most == 255 && channels == 3)
                        samples.CopyTo(pixels);
                    else if (bitmap)
                        ReadBits(samples, bytes, pixels, count);
                    else
                        ReadRaw(samples, pixels, channels, most);
                    target.Take(y, x, count, rows);
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    /// <summary>Reads what a file says about itself.</summary>
    public static ImageInfo Describe(ReadOnlySpan<byte> file, DecodeOptions options) => RowDecoding.Describe(file, options, Describe);

    /// <summary>Reads what a file says about itself.</summary>
    public static ImageInfo Describe(ByteSource file, DecodeOptions options)
    {
        NetpbmText text = new(file);
        (int kind, int width, int height, int most) = ReadHeader(ref text, options);
        string color = kind is 3 or 6 ? "RGB" : kind is 2 or 5 ? "gray" : "black and white";
        return new(ImageFormat.Netpbm, width, height, 32 - System.Numerics.BitOperations.LeadingZeroCount((uint)most), color);
    }

    private static (int Kind, int Width, int Height, int Most) ReadHeader(ref NetpbmText text, DecodeOptions options)
    {
        int kind = text.Kind();
        int width = text.Number("width");
        int height = text.Number("height");
        ImageLimits.Check("PNM", width, height, options);
        int most = kind is 1 or 4 ? 1 : text.Number("largest level");
        if (most is < 1 or > 65535)
            throw new ImageFormatException($"PNM: the largest level is declared as {most}, it must be 1 to 65535; the file is damaged.");
        return (kind, width, height, most);
    }

    /// <summary>Rows of bits, each of which begins with a byte of its own.</summary>
    private static void ReadBits(ReadOnlySpan<byte> samples, int bytes, Span<byte> pixels, int count)
    {
        for (int to = 0; to < pixels.Length; samples = samples[bytes..])
            for (int at = 0; at < count; at++, to += 3)
                Gray(pixels, to, (byte)((samples[at >> 3] >> (7 - (at & 7)) & 1) - 1));
    }

    private static void ReadRaw(ReadOnlySpan<byte> samples, Span<byte> pixels, int channels, int most)
    {
        if (channels == 1)
        {
            for (int at = 0; 3 * at < pixels.Length; at++)
                Gray(pixels, 3 * at, Level(Sample(samples, at, most), most));
            return;
        }
        for (int i = 0; i < pixels.Length; i++)
            pixels[i] = Level(Sample(samples, i, most), most);
    }

    private static void Gray(Span<byte> pixels, int at, byte level) => (pixels[at], pixels[at + 1], pixels[at + 2]) = (level, level, level);

    private static int Sample(ReadOnlySpan<byte> samples, int at, int most) => most < 256 ? samples[at] : (samples[2 * at] << 8) | samples[2 * at + 1];

    private static void ReadPlain(ref NetpbmText text, Span<byte> row, int channels, bool bitmap, int most)
    {
        for (int i = 0; i < row.Length; i += 3 / channels)
        {
            byte level = bitmap ? text.Bit() : Level(text.Number("level"), most);
            row.Slice(i, 3 / channels).Fill(level);
        }
    }

    private static byte Level(int sample, int most)
    {
        if (sample > most)
            throw new ImageFormatException($"PNM: a level of {sample}, the largest is declared as {most}; the file is damaged.");
        return most == 255 ? (byte)sample : (byte)((sample * 255 + most / 2) / most);
    }
}
