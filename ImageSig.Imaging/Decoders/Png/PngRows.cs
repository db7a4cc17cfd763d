using System.Buffers;

namespace ImageSig.Imaging.Decoders;

/// <summary>The inflated rows of a PNG, restored piece by piece.</summary>
/// <param name="header">How they are laid out.</param>
/// <param name="file">The file.</param>
/// <param name="firstData">Where its first chunk of compressed pixels begins.</param>
/// <param name="needed">How many inflated bytes are wanted.</param>
/// <param name="cancellation">Looked at whenever compressed bytes are read.</param>
/// <remarks>Never asks for more than the picture has, so that what stands behind its last row, the checksum with it, is not looked at.</remarks>
internal sealed class PngRows(PngHeader header, ByteSource file, long firstData, long needed, CancellationToken cancellation) : IDisposable
{
    private readonly int step = header.FilterStep;
    private readonly Inflater inflater = Inflater.Open(new(file.Another(), firstData, cancellation));
    private byte[] inflated = [];
    private byte[] current = [];
    private byte[] above = [];
    private int at, filled;
    private long unread = needed;
    private int row, filter, rowBytes, done;
    private PngPass pass;

    /// <summary>Passes over so many inflated bytes.</summary>
    public void PassOver(long bytes)
    {
        while (bytes > 0)
        {
            if (at == filled)
                Fill();
            int passed = (int)Math.Min(bytes, filled - at);
            at += passed;
            bytes -= passed;
        }
    }

    /// <summary>Begins a pass.</summary>
    public void Begin(PngPass next)
    {
        Return();
        pass = next;
        rowBytes = checked((int)header.RowBytes(next.Width));
        int piece = (int)Math.Min(rowBytes, header.RowBytes(RowTarget.LongestPiece));
        current = ArrayPool<byte>.Shared.Rent(step + piece);
        // Only a row that another one stands on has to be kept whole.
        int kept = step + (next.Height > 1 ? rowBytes : piece);
        above = ArrayPool<byte>.Shared.Rent(kept);
        above.AsSpan(0, kept).Clear();
        row = -1;
    }

    /// <summary>Begins the next row.</summary>
    public void NextRow()
    {
        row++;
        done = 0;
        current.AsSpan(0, step).Clear();
        if (at == filled)
            Fill();
        filter = inflated[at++];
    }

    /// <summary>The next restored row, where it comes in one piece.</summary>
    public ReadOnlySpan<byte> NextWhole()
    {
        NextRow();
        Span<byte> bytes = current.AsSpan(step, rowBytes);
        Copy(bytes);
        PngFilter.Restore(filter, current.AsSpan(0, step + rowBytes), above, step);
        (current, above) = (above, current);
        return bytes;
    }

    /// <summary>The next restored bytes of the row.</summary>
    public ReadOnlySpan<byte> NextPiece(int count)
    {
        int bytes = (int)header.RowBytes(count);
        Span<byte> piece = current.AsSpan(step, bytes);
        Copy(piece);
        bool keep = pass.Height > 1;
        PngFilter.Restore(filter, current.AsSpan(0, step + bytes), above.AsSpan(keep ? done : 0, step + bytes), step);
        if (keep)
        {
            // The last bytes of a piece wait for the next one, which still looks at those above them.
            int from = done == 0 ? step : 0;
            int to = done + bytes == rowBytes ? step + bytes : bytes;
            current.AsSpan(from, to - from).CopyTo(above.AsSpan(done + from));
        }
        done += bytes;
        return piece;
    }

    /// <summary>Makes what the row ends with the left neighbors of the next piece.</summary>
    public void EndPiece(int count)
    {
        int bytes = (int)header.RowBytes(count);
        if (done < rowBytes)
            current.AsSpan(bytes, step).CopyTo(current);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Return();
        inflater.Dispose();
    }

    private void Copy(Span<byte> target)
    {
        while (target.Length > 0)
        {
            if (at == filled)
                Fill();
            int copied = Math.Min(target.Length, filled - at);
            inflated.AsSpan(at, copied).CopyTo(target);
            target = target[copied..];
            at += copied;
        }
    }

    private void Return()
    {
        ArrayPool<byte>.Shared.Return(current);
        ArrayPool<byte>.Shared.Return(above);
        (current, above) = ([], []);
    }

    private void Fill()
    {
        ArraySegment<byte> next = inflater.Next(unread);
        (inflated, at, filled) = (next.Array!, next.Offset, next.Offset + next.Count);
        unread -= next.Count;
        if (next.Count == 0)
            throw new ImageFormatException($"PNG: the compressed pixels end early, in row {Math.Max(row, 0)} of {pass.Height}; the file is cut short or damaged.");
    }
}
