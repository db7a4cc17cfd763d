using System.Buffers;
using System.Buffers.Binary;

namespace ImageSig.Imaging.Decoders;

/// <summary>Reads bitmaps of Windows and OS/2: 1 to 32 bits, run lengths, masks, bottom-up and top-down.</summary>
/// <remarks>Rows are read in the file's order, which is usually from the last to the first. Transparency counts where a mask declares it, and is laid over white.
/// Source: Microsoft, "Bitmap storage" and "Bitmap compression".</remarks>
internal static class BmpDecoder
{
    /// <summary>Two bytes of a run-length picture give 255 pixels at the most; a picture far beyond that is not believed.</summary>
    private const long MaxExpansion = 256;

    /// <summary>Decodes a whole file.</summary>
    public static Image Decode(ReadOnlySpan<byte> file, DecodeOptions options) => RowDecoding.Whole(file, options, Decode);

    /// <summary>Decodes a file row by row.</summary>
    public static void Decode(ByteSource file, DecodeOptions options, RowTarget target)
    {
        BmpHeader header = BmpHeader.Read(file.Look(0), file.Length, options);
        byte[] colors = header.Colors(file.Look(0));
        long stored = file.Length - header.PixelStart;
        bool runs = header.Compression is BmpCompression.RunLength8 or BmpCompression.RunLength4;
        // The last row's padding may be missing.
        long needed = header.RowBytes * (header.Height - 1) + ((long)header.Width * header.BitsPerPixel + 7) / 8;
        if (runs ? (long)header.Width * header.Height > MaxExpansion * stored : needed > stored)
            throw new ImageFormatException($"BMP: {header.Width}x{header.Height} pixels cannot be held in {stored} bytes; the file is truncated.");
        target.Begin(header.Width, header.Height, bottomUp: !header.TopDown);
        if (runs)
            new BmpRuns(header, colors, file, target).Read(options);
        else
            ReadRows(header, colors, file, target, options);
    }

    /// <summary>Reads what a file says about itself.</summary>
    public static ImageInfo Describe(ReadOnlySpan<byte> file, DecodeOptions options) => RowDecoding.Describe(file, options, Describe);

    /// <summary>Reads what a file says about itself.</summary>
    public static ImageInfo Describe(ByteSource file, DecodeOptions options)
    {
        BmpHeader header = BmpHeader.Read(file.Look(0), file.Length, options);
        string color = header.BitsPerPixel <= 8 ? "palette" : header.Alpha.Bits != 0 ? "RGB with alpha" : "RGB";
        return new(ImageFormat.Bmp, header.Width, header.Height, header.BitsPerPixel <= 8 ? header.BitsPerPixel : header.BitsPerPixel == 16 ? 5 : 8, color);
    }

    private static void ReadRows(BmpHeader header, byte[] colors, ByteSource file, RowTarget target, DecodeOptions options)
    {
        int atOnce = target.RowsAtOnce;
        byte[] rented = ArrayPool<byte>.Shared.Rent(4 * atOnce * Math.Min(header.Width, RowTarget.LongestPiece));
        try
        {
            for (int row = 0; row < header.Height; row += atOnce)
            {
                options.CancellationToken.ThrowIfCancellationRequested();
                int rows = Math.Min(atOnce, header.Height - row);
                int y = header.TopDown ? row : header.Height - 1 - row;
                for (int x = 0; x < header.Width; x += RowTarget.LongestPiece)
                {
                    int count = Math.Min(RowTarget.LongestPiece, header.Width - x);
                    int bytes = (int)(((long)count * header.BitsPerPixel + 7) / 8);
                    Span<byte> piece = rented.AsSpan(0, (rows - 1) * (int)header.RowBytes + bytes);
                    if (file.Read(header.PixelStart + row * header.RowBytes + (long)x * header.BitsPerPixel / 8, piece) < piece.Length)
                        throw new ImageFormatException($"BMP: the file ends in row {row} of {header.Height}; it is truncated.");
                    Span<byte> pixels = target.Row(y, x, count, rows);
                    for (int i = 0; i < rows; i++)
                        Convert(header, colors, piece.Slice(i * (int)header.RowBytes, bytes), pixels.Slice(3 * i * count, 3 * count));
                    target.Take(y, x, count, rows);
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private static void Convert(BmpHeader header, byte[] colors, ReadOnlySpan<byte> from, Span<byte> to)
    {
        int bits = header.BitsPerPixel;
        if (bits <= 8)
        {
            for (int x = 0, bit = 0; x < to.Length; x += 3, bit += bits)
                Paint(colors, from[bit >> 3] >> (8 - bits - (bit & 7)) & ((1 << bits) - 1), to.Slice(x, 3));
        }
        else if (bits == 24)
        {
            for (int i = 0; i + 2 < to.Length; i += 3)
                (to[i], to[i + 1], to[i + 2]) = (from[i + 2], from[i + 1], from[i]);
        }
        else
        {
            for (int x = 0; 3 * x < to.Length; x++)
                Unmask(header, bits == 16 ? BinaryPrimitives.ReadUInt16LittleEndian(from[(2 * x)..]) : BinaryPrimitives.ReadUInt32LittleEndian(from[(4 * x)..]), to.Slice(3 * x, 3));
        }
    }

    private static void Unmask(BmpHeader header, uint value, Span<byte> pixel)
    {
        (pixel[0], pixel[1], pixel[2]) = (header.Red.Level(value, 0), header.Green.Level(value, 0), header.Blue.Level(value, 0));
        int alpha = header.Alpha.Level(value, absent: 255);
        for (int channel = 0; alpha < 255 && channel < 3; channel++)
            pixel[channel] = (byte)((pixel[channel] * alpha + 255 * (255 - alpha) + 127) / 255);
    }

    /// <summary>Writes the color of an index, [3].</summary>
    internal static void Paint(byte[] colors, int index, Span<byte> pixel) =>
        (pixel[0], pixel[1], pixel[2]) = (colors[3 * index], colors[3 * index + 1], colors[3 * index + 2]);
}
