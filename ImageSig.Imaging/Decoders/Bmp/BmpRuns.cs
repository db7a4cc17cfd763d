using System.Buffers;

namespace ImageSig.Imaging.Decoders;

/// <summary>Run lengths of a bitmap: (count, index), or after a zero: 0 end of row, 1 end of picture, 2 a jump, more: that many indices as they are.</summary>
/// <remarks>Jumps lead forward only, so that a row is finished once another one begins. What is passed over has index 0.</remarks>
internal sealed class BmpRuns(BmpHeader header, byte[] colors, ByteSource file, RowTarget target)
{
    private readonly bool nibbles = header.Compression == BmpCompression.RunLength4;
    private long position = header.PixelStart;
    private int written;

    /// <summary>Reads the picture.</summary>
    public void Read(DecodeOptions options)
    {
        byte[] indices = ArrayPool<byte>.Shared.Rent(header.Width);
        try
        {
            Span<byte> row = indices.AsSpan(0, header.Width);
            row.Clear();
            Expand(row, options);
            Advance(row, header.Height, options);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(indices);
        }
    }

    private void Expand(Span<byte> row, DecodeOptions options)
    {
        (int x, int y) = (0, 0);
        while (y < header.Height)
        {
            (int count, int value) = Pair(y);
            if (count == 0 && value == 1)
                return;
            if (count == 0 && value == 0)
            {
                (x, y) = (0, y + 1);
            }
            else if (count == 0 && value == 2)
            {
                (int right, int down) = Pair(y);
                (x, y) = (x + right, y + down);
            }
            else
            {
                x = Fill(row, x, count, value, y);
                continue;
            }
            Advance(row, y, options);
        }
    }

    /// <summary>Writes a run, or indices as they are, as far as the row goes.</summary>
    private int Fill(Span<byte> row, int x, int count, int value, int y)
    {
        int length = count > 0 ? count : value;
        int bytes = nibbles ? (length + 1) / 2 : length;
        ReadOnlySpan<byte> literal = count > 0 ? default : file.Look(position, bytes);
        if (count == 0 && bytes > literal.Length)
            throw Early(y);
        for (int i = 0; i < length && x < row.Length; i++, x++)
        {
            int pair = count > 0 ? value : literal[nibbles ? i >> 1 : i];
            row[x] = (byte)(!nibbles ? pair : (i & 1) == 0 ? pair >> 4 : pair & 15);
        }
        if (count == 0)
            position += (bytes + 1) & ~1;
        return x;
    }

    /// <summary>Gives every row before <paramref name="y"/> to the target.</summary>
    private void Advance(Span<byte> row, int y, DecodeOptions options)
    {
        for (; written < Math.Min(y, header.Height); written++)
        {
            options.CancellationToken.ThrowIfCancellationRequested();
            int at = header.Height - 1 - written;
            for (int x = 0; x < header.Width; x += RowTarget.LongestPiece)
            {
                int count = Math.Min(RowTarget.LongestPiece, header.Width - x);
                Span<byte> pixels = target.Row(at, x, count);
                for (int i = 0; i < count; i++)
                    BmpDecoder.Paint(colors, row[x + i], pixels.Slice(3 * i, 3));
                target.Take(at, x, count);
            }
            row.Clear();
        }
    }

    private (int First, int Second) Pair(int y)
    {
        ReadOnlySpan<byte> pair = file.Look(position, 2);
        if (pair.Length < 2)
            throw Early(y);
        position += 2;
        return (pair[0], pair[1]);
    }

    private ImageFormatException Early(int y) => new($"BMP: the run lengths end early, in row {y} of {header.Height}; the file is truncated.");
}
