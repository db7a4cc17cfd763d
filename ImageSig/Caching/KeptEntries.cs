namespace ImageSig;

/// <summary>Entries of one length by their place: in memory as far as a limit allows, beyond it on the disk as far as that has room. Thread-safe for different places.</summary>
/// <remarks>In memory they stand in large blocks: as objects of their own they would be moved about by the garbage collector, which measured takes up to three times their memory.</remarks>
internal sealed class KeptEntries : IDisposable
{
    private const int BlockBytes = 4_000_000;

    private readonly int entryBytes, perBlock;
    private readonly byte[]?[] blocks;
    private readonly bool[] written;
    private readonly TemporaryEntries? onDisk;

    /// <param name="entryBytes">The length of each.</param>
    /// <param name="count">How many places are wanted.</param>
    /// <param name="memory">Bytes of memory that entries may take.</param>
    /// <param name="folder">Where those beyond it go; null for nowhere.</param>
    public KeptEntries(int entryBytes, int count, long memory, string? folder)
    {
        this.entryBytes = entryBytes;
        perBlock = Math.Max(1, BlockBytes / entryBytes);
        InMemory = (int)Math.Min(count, memory / entryBytes);
        blocks = new byte[(InMemory + perBlock - 1) / perBlock][];
        written = new bool[InMemory];
        if (InMemory < count && folder is not null)
            onDisk = TemporaryEntries.TryCreate(folder, entryBytes, count - InMemory);
    }

    /// <summary>How many places are in memory.</summary>
    public int InMemory { get; }

    /// <summary>How many places there is room for.</summary>
    public int Count => InMemory + (onDisk?.Count ?? 0);

    /// <summary>Whether an entry was kept.</summary>
    public bool Holds(int place) => place < InMemory ? written[place] : onDisk?.Holds(place - InMemory) == true;

    /// <summary>Keeps an entry; false where there is no room.</summary>
    public bool TryWrite(int place, ReadOnlySpan<byte> entry)
    {
        if (place >= InMemory)
            return onDisk is not null && place < Count && onDisk.TryWrite(place - InMemory, entry);
        entry.CopyTo(Place(place));
        return written[place] = true;
    }

    /// <summary>Reads an entry; false where it was not kept.</summary>
    public bool TryRead(int place, Span<byte> entry)
    {
        if (place >= InMemory)
            return onDisk?.TryRead(place - InMemory, entry) == true;
        if (!written[place])
            return false;
        Place(place).CopyTo(entry);
        return true;
    }

    /// <summary>Gives the disk back.</summary>
    public void Dispose() => onDisk?.Dispose();

    private Span<byte> Place(int place)
    {
        int block = place / perBlock;
        if (Volatile.Read(ref blocks[block]) is null)
            Interlocked.CompareExchange(ref blocks[block], GC.AllocateUninitializedArray<byte>(Math.Min(perBlock, InMemory - (block * perBlock)) * entryBytes), null);
        return blocks[block].AsSpan((place - (block * perBlock)) * entryBytes, entryBytes);
    }
}
