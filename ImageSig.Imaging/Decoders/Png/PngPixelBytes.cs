namespace ImageSig.Imaging.Decoders;

/// <summary>The compressed pixels: the data of the IDAT chunks, one behind the other. Disposes the source.</summary>
internal sealed class PngPixelBytes(ByteSource source, long firstChunk, CancellationToken cancellation) : IDisposable
{
    private readonly PngChunks chunks = new(source, firstChunk);
    private long at, left;

    /// <summary>Copies bytes, perhaps fewer than there is room for.</summary>
    /// <returns>How many; 0 at their end.</returns>
    /// <exception cref="OperationCanceledException">It was asked for: of long compressed bytes that inflate to nothing no row would ever tell.</exception>
    public int Read(Span<byte> buffer)
    {
        cancellation.ThrowIfCancellationRequested();
        while (left == 0)
        {
            cancellation.ThrowIfCancellationRequested();
            if (!chunks.TryNext() || chunks.Is("IEND"u8))
                return 0;
            if (chunks.Is("IDAT"u8))
                (at, left) = (chunks.DataStart, chunks.Length);
        }
        int count = source.Read(at, buffer[..(int)Math.Min(left, buffer.Length)]);
        (at, left) = (at + count, left - count);
        return count;
    }

    /// <inheritdoc/>
    public void Dispose() => source.Dispose();
}
