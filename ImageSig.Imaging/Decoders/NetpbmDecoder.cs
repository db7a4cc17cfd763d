namespace ImageSig.Imaging.Decoders;

/// <summary>Reads Netpbm: P1 to P3 (plain: numbers as text) and P4 to P6 (raw), black and white, grey and RGB, up to 16 bits.</summary>
/// <remarks>Levels become 8-bit by <c>round(v · 255 / most)</c>. Of several pictures in one file the first is read.
/// Source: the Netpbm manual pages pbm(5), pgm(5), ppm(5).</remarks>
internal static class NetpbmDecoder
{
    /// <summary>Decodes a whole file.</summary>
    public static Image Decode(ReadOnlySpan<byte> file, DecodeOptions options)
    {
        (int kind, int width, int height, int most) = ReadHeader(file, options, out int position);
        (bool raw, bool bitmap, int channels) = (kind > 3, kind is 1 or 4, kind is 3 or 6 ? 3 : 1);
        if (raw)
            SkipOne(file, ref position);
        long rowBytes = bitmap ? (raw ? (width + 7L) / 8 : width) : (long)width * channels * (raw && most < 256 ? 1 : 2);
        // Plain numbers may do without a space behind the last.
        long missing = rowBytes * height - (file.Length - position) - (raw ? 0 : 1);
        if (missing > 0)
            throw new ImageFormatException($"PNM: {width}x{height} pixels need at least {missing} more bytes than the file has; it is truncated, copy it again.");

        Image image = new(width, height);
        for (int y = 0; y < height; y++)
        {
            options.Cancellation.ThrowIfCancellationRequested();
            if (raw && most == 255 && channels == 3)
                file.Slice(position + (int)(y * rowBytes), 3 * width).CopyTo(image.Row(y));
            else if (raw)
                ReadRaw(file.Slice(position + (int)(y * rowBytes), (int)rowBytes), image.Row(y), channels, bitmap, most);
            else
                ReadPlain(file, ref position, image.Row(y), channels, bitmap, most);
        }
        return image;
    }

    /// <summary>Reads what a file says about itself.</summary>
    public static ImageInfo Describe(ReadOnlySpan<byte> file, DecodeOptions options)
    {
        (int kind, int width, int height, int most) = ReadHeader(file, options, out _);
        string color = kind is 3 or 6 ? "RGB" : kind is 2 or 5 ? "grey" : "black and white";
        return new(ImageFormat.Netpbm, width, height, 32 - System.Numerics.BitOperations.LeadingZeroCount((uint)most), color);
    }

    private static (int Kind, int Width, int Height, int Most) ReadHeader(ReadOnlySpan<byte> file, DecodeOptions options, out int position)
    {
        int kind = file[1] - '0';
        position = 2;
        int width = Number(file, ref position, "width");
        int height = Number(file, ref position, "height");
        ImageLimits.Check("PNM", width, height, options);
        int most = kind is 1 or 4 ? 1 : Number(file, ref position, "largest level");
        if (most is < 1 or > 65535)
            throw new ImageFormatException($"PNM: the largest level is declared as {most}, it must be 1 to 65535; the file is damaged.");
        return (kind, width, height, most);
    }

    private static void ReadRaw(ReadOnlySpan<byte> samples, Span<byte> row, int channels, bool bitmap, int most)
    {
        for (int i = 0; i < row.Length; i++)
        {
            int at = channels == 3 ? i : i / 3;
            int sample = bitmap ? 1 - (samples[at >> 3] >> (7 - (at & 7)) & 1)
                : most < 256 ? samples[at]
                : (samples[2 * at] << 8) | samples[2 * at + 1];
            row[i] = Level(sample, most);
        }
    }

    private static void ReadPlain(ReadOnlySpan<byte> file, ref int position, Span<byte> row, int channels, bool bitmap, int most)
    {
        for (int i = 0; i < row.Length; i += 3 / channels)
        {
            byte level = bitmap ? Bit(file, ref position) : Level(Number(file, ref position, "level"), most);
            row.Slice(i, 3 / channels).Fill(level);
        }
    }

    private static byte Level(int sample, int most)
    {
        if (sample > most)
            throw new ImageFormatException($"PNM: a level of {sample}, the largest is declared as {most}; the file is damaged.");
        return (byte)((sample * 255 + most / 2) / most);
    }

    /// <summary>One digit of a plain bitmap; they need no space between them. 1 is black.</summary>
    private static byte Bit(ReadOnlySpan<byte> file, ref int position)
    {
        SkipSpace(file, ref position);
        byte digit = position < file.Length ? file[position++] : (byte)0;
        return digit switch
        {
            (byte)'0' => 255,
            (byte)'1' => 0,
            _ => throw new ImageFormatException($"PNM: a 0 or 1 is missing at byte {position - 1}; the file is truncated or damaged."),
        };
    }

    private static int Number(ReadOnlySpan<byte> file, ref int position, string what)
    {
        SkipSpace(file, ref position);
        int start = position;
        int number = 0;
        for (; position < file.Length && file[position] is >= (byte)'0' and <= (byte)'9'; position++)
            number = Math.Min(10 * number + file[position] - '0', 100_000_000);
        if (position == start)
            throw new ImageFormatException($"PNM: the {what} is missing at byte {start}; the file is truncated or damaged.");
        return number;
    }

    /// <summary>The one character between the header and raw samples. A comment that begins there counts as the end of its line, as in Netpbm itself.</summary>
    private static void SkipOne(ReadOnlySpan<byte> file, ref int position)
    {
        if (position < file.Length && file[position] == '#')
        {
            int end = file[position..].IndexOfAny((byte)'\n', (byte)'\r');
            position = end < 0 ? file.Length - 1 : position + end;
        }
        position++;
    }

    private static void SkipSpace(ReadOnlySpan<byte> file, ref int position)
    {
        for (; position < file.Length; position++)
        {
            if (file[position] == '#')
            {
                int end = file[position..].IndexOfAny((byte)'\n', (byte)'\r');
                position = end < 0 ? file.Length - 1 : position + end;
            }
            else if (file[position] is not ((byte)' ' or (>= 9 and <= 13)))
            {
                return;
            }
        }
    }
}
