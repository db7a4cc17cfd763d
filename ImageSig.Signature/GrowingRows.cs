namespace ImageSig.Signature;

/// <summary>Rows of equal length that never move, so that readers may look while one writer adds.</summary>
internal sealed class GrowingRows<T>(int length)
{
    private readonly int _perChunk = Math.Max(1, Math.Min(1024, (1 << 16) / length));
    private T[][] _chunks = [];

    /// <summary>Rows so far.</summary>
    public int Count { get; private set; }

    /// <summary>Row <paramref name="index"/>.</summary>
    public Span<T> this[int index] => Volatile.Read(ref _chunks)[index / _perChunk].AsSpan(index % _perChunk * length, length);

    /// <summary>One more row, all zeros.</summary>
    public Span<T> Add()
    {
        if (Count == _chunks.Length * _perChunk)
        {
            // A longer list of the same chunks, published whole.
            T[][] longer = [.. _chunks, new T[_perChunk * length]];
            Volatile.Write(ref _chunks, longer);
        }
        return this[Count++];
    }
}
