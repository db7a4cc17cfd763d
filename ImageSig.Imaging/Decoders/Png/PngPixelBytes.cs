namespace ImageSig.Imaging.Decoders;

/// <summary>The compressed pixels: the data of the IDAT chunks, one behind the other. Disposes the source.</summary>
internal sealed class PngPixelBytes(ByteSource source, long firstChunk) : Stream
{
    private readonly PngChunks chunks = new(source, firstChunk);
    private long at, left;

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        while (left == 0)
        {
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
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <inheritdoc/>
    public override void Flush() { }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        source.Dispose();
        base.Dispose(disposing);
    }
}
