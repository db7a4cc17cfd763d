using System.Buffers;

namespace ImageSig.Imaging.Decoders;

/// <summary>Run lengths of a bitmap: (count, index), or after a zero: 0 end of row, 1 end of picture, 2 a jump, more: that many indices as they are.</summary>
/// <remarks>Jumps lead forward only, so that a row is finished once another one begins. What is passed over has index 0.</remarks>
internal sealed class BmpRuns(BmpHeader header, byte[] colors, ByteSource file, RowTarget target)
{
    private readonly bool nibbles = header.Compression == BmpCompression.RunLength4;
    private readonly int atOnce = target.RowsAtOnce;
    private long position = header.PixelStart;
    private int written;

    /// <summary>Reads the picture.</summary>
    public void Read(DecodeOptions options)
    {
        byte[] indices = ArrayPool<byte>.Shared.Rent(atOnce * header.Width);
        try
        {
            Span<byte> rows = indices.AsSpan(0, atOnce * header.Width);
            rows.Clear();
            Expand(rows, options);
            Advance(rows, header.Height, options);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(indices);
        }
    }

    private void Expand(Span<byte> rows, DecodeOptions options)
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
                x = Fill(rows.Slice((y - written) * header.Width, header.Width), x, count, value, y);
                continue;
            }
            Advance(rows, y, options);
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

    /// <summary>Gives rows before <paramref name="y"/> to the target: as many as it takes at once, and at the end the rest.</summary>
    private void Advance(Span<byte> rows, int y, DecodeOptions options)
    {
        while (written < header.Height && (y - written >= atOnce || y >= header.Height))
        {
            options.CancellationToken.ThrowIfCancellationRequested();
            int at = header.Height - 1 - written;
            int together = Math.Min(atOnce, header.Height - written);
            for (int x = 0; x < header.Width; x += RowTarget.LongestPiece)
            {
                int count = Math.Min(RowTarget.LongestPiece, header.Width - x);
                Span<byte> pixels = target.Row(at, x, count, together);
                ReadOnlySpan<byte> piece = rows.Slice(x, count * together);
                for (int i = 0; i < piece.Length; i++)
                    BmpDecoder.Paint(colors, piece[i], pixels.Slice(3 * i, 3));
                target.Take(at, x, count, together);
            }
            rows.Clear();
            written += together;
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
