using System.Buffers;
using System.Buffers.Binary;

namespace ImageSig.Imaging.Decoders;

/// <summary>Reads bitmaps of Windows and OS/2: 1 to 32 bits, run lengths, masks, bottom-up and top-down.</summary>
/// <remarks>Transparency counts where a mask declares it, and is laid over white. Source: Microsoft, "Bitmap storage" and "Bitmap compression".</remarks>
internal static class BmpDecoder
{
    /// <summary>Two bytes of a run-length picture give 255 pixels at the most; a picture far beyond that is not believed.</summary>
    private const long LargestExpansion = 256;

    /// <summary>Decodes a whole file.</summary>
    public static Image Decode(ReadOnlySpan<byte> file, DecodeOptions options)
    {
        BmpHeader header = BmpHeader.Read(file, options);
        ReadOnlySpan<byte> stored = file[header.PixelStart..];
        bool runs = header.Compression is BmpCompression.RunLength8 or BmpCompression.RunLength4;
        // The last row's padding may be missing.
        long needed = header.RowBytes * (header.Height - 1) + ((long)header.Width * header.BitsPerPixel + 7) / 8;
        if (runs ? (long)header.Width * header.Height > LargestExpansion * stored.Length : needed > stored.Length)
            throw new ImageFormatException($"BMP: {header.Width}x{header.Height} pixels cannot be held in {stored.Length} bytes; the file is truncated.");
        Image image = new(header.Width, header.Height);
        if (header.BitsPerPixel > 8)
            ReadColors(header, stored, image, options);
        else if (runs)
            ReadRuns(header, file, stored, image);
        else
            ReadIndices(header, file, stored, image, options);
        return image;
    }

    /// <summary>Reads what a file says about itself.</summary>
    public static ImageInfo Describe(ReadOnlySpan<byte> file, DecodeOptions options)
    {
        BmpHeader header = BmpHeader.Read(file, options);
        string color = header.BitsPerPixel <= 8 ? "palette" : header.Alpha.Bits != 0 ? "RGB with alpha" : "RGB";
        return new(ImageFormat.Bmp, header.Width, header.Height, header.BitsPerPixel <= 8 ? header.BitsPerPixel : header.BitsPerPixel == 16 ? 5 : 8, color);
    }

    private static Span<byte> TargetRow(BmpHeader header, Image image, int y) => image.Row(header.TopDown ? y : header.Height - 1 - y);

    private static void ReadColors(BmpHeader header, ReadOnlySpan<byte> stored, Image image, DecodeOptions options)
    {
        for (int y = 0; y < header.Height; y++)
        {
            options.Cancellation.ThrowIfCancellationRequested();
            ReadOnlySpan<byte> from = stored[checked((int)(y * header.RowBytes))..];
            Span<byte> to = TargetRow(header, image, y);
            for (int x = 0; x < header.Width; x++)
            {
                Span<byte> pixel = to.Slice(3 * x, 3);
                if (header.BitsPerPixel == 24)
                    (pixel[0], pixel[1], pixel[2]) = (from[3 * x + 2], from[3 * x + 1], from[3 * x]);
                else
                    Unmask(header, header.BitsPerPixel == 16 ? BinaryPrimitives.ReadUInt16LittleEndian(from[(2 * x)..]) : BinaryPrimitives.ReadUInt32LittleEndian(from[(4 * x)..]), pixel);
            }
        }
    }

    private static void Unmask(BmpHeader header, uint value, Span<byte> pixel)
    {
        (pixel[0], pixel[1], pixel[2]) = (header.Red.Level(value, 0), header.Green.Level(value, 0), header.Blue.Level(value, 0));
        int alpha = header.Alpha.Level(value, absent: 255);
        for (int channel = 0; alpha < 255 && channel < 3; channel++)
            pixel[channel] = (byte)((pixel[channel] * alpha + 255 * (255 - alpha) + 127) / 255);
    }

    private static void ReadIndices(BmpHeader header, ReadOnlySpan<byte> file, ReadOnlySpan<byte> stored, Image image, DecodeOptions options)
    {
        int bits = header.BitsPerPixel;
        for (int y = 0; y < header.Height; y++)
        {
            options.Cancellation.ThrowIfCancellationRequested();
            ReadOnlySpan<byte> from = stored[checked((int)(y * header.RowBytes))..];
            Span<byte> to = TargetRow(header, image, y);
            for (int x = 0; x < header.Width; x++)
            {
                int bit = x * bits;
                Paint(header, file, from[bit >> 3] >> (8 - bits - (bit & 7)) & ((1 << bits) - 1), to.Slice(3 * x, 3));
            }
        }
    }

    /// <summary>Run lengths: (count, index), or after a zero: 0 end of row, 1 end of picture, 2 a jump, more: that many indices as they are.</summary>
    private static void ReadRuns(BmpHeader header, ReadOnlySpan<byte> file, ReadOnlySpan<byte> stored, Image image)
    {
        byte[] indices = ArrayPool<byte>.Shared.Rent(header.Width * header.Height);
        try
        {
            Array.Clear(indices, 0, header.Width * header.Height);
            ExpandRuns(header, stored, indices);
            for (int y = 0; y < header.Height; y++)
                for (int x = 0; x < header.Width; x++)
                    Paint(header, file, indices[y * header.Width + x], TargetRow(header, image, y).Slice(3 * x, 3));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(indices);
        }
    }

    private static void ExpandRuns(BmpHeader header, ReadOnlySpan<byte> stored, Span<byte> indices)
    {
        bool nibbles = header.Compression == BmpCompression.RunLength4;
        (int x, int y) = (0, 0);
        while (y < header.Height)
        {
            if (stored.Length < 2)
                throw new ImageFormatException($"BMP: the run lengths end early, in row {y} of {header.Height}; the file is truncated.");
            (int count, int value) = (stored[0], stored[1]);
            stored = stored[2..];
            if (count == 0 && value == 1)
                return;
            if (count == 0 && value == 0)
            {
                (x, y) = (0, y + 1);
            }
            else if (count == 0 && value == 2)
            {
                if (stored.Length < 2)
                    throw new ImageFormatException($"BMP: the run lengths end early, in row {y} of {header.Height}; the file is truncated.");
                (x, y) = (x + stored[0], y + stored[1]);
                stored = stored[2..];
            }
            else
            {
                int length = count > 0 ? count : value;
                int bytes = nibbles ? (length + 1) / 2 : length;
                if (count == 0 && bytes > stored.Length)
                    throw new ImageFormatException($"BMP: the run lengths end early, in row {y} of {header.Height}; the file is truncated.");
                Span<byte> row = indices.Slice(y * header.Width, header.Width);
                for (int i = 0; i < length && x < row.Length; i++, x++)
                {
                    int pair = count > 0 ? value : stored[nibbles ? i >> 1 : i];
                    row[x] = (byte)(!nibbles ? pair : (i & 1) == 0 ? pair >> 4 : pair & 15);
                }
                if (count == 0)
                    stored = stored[Math.Min(stored.Length, (bytes + 1) & ~1)..];
            }
        }
    }

    private static void Paint(BmpHeader header, ReadOnlySpan<byte> file, int index, Span<byte> pixel)
    {
        // Black beyond the palette, as in PNG.
        if (index >= header.PaletteCount)
        {
            pixel.Clear();
            return;
        }
        ReadOnlySpan<byte> entry = file.Slice(header.PaletteStart + index * header.PaletteStep, 3);
        (pixel[0], pixel[1], pixel[2]) = (entry[2], entry[1], entry[0]);
    }
}
