namespace ImageSig;

/// <summary>The entries of one file of a cache in the order of their places, found by key. A later entry of the same key takes the place of an earlier one.</summary>
/// <param name="capacity">How many are expected.</param>
internal sealed class EntryTable(int capacity)
{
    private const int FewSlots = 16;

    private readonly List<CacheEntry> entries = new(capacity);

    // Open addressing with linear probing; 0 is an empty slot, n stands for entry n − 1.
    private int[] slots = new int[FewSlots];
    private int used;

    public int Count => entries.Count;

    public CacheEntry this[int place] => entries[place];

    /// <summary>The place of the entry of a key; −1 where there is none.</summary>
    public int Find(UInt128 key) => slots[SlotOf(key)] - 1;

    /// <summary>Adds an entry at the next place; <see cref="CacheEntry.None"/> where that holds nothing of use.</summary>
    public void Add(CacheEntry entry)
    {
        entries.Add(entry);
        if (entry == CacheEntry.None)
            return;
        if (++used > slots.Length / 2)
        {
            slots = new int[slots.Length * 2];
            for (int place = 0; place < entries.Count; place++)
                if (entries[place] != CacheEntry.None)
                    slots[SlotOf(entries[place].Key)] = place + 1;
        }
        slots[SlotOf(entry.Key)] = entries.Count;
    }

    /// <summary>Where a key stands, or where it would.</summary>
    private int SlotOf(UInt128 key)
    {
        int mask = slots.Length - 1;
        int slot = (int)(uint)key & mask;
        while (slots[slot] != 0 && entries[slots[slot] - 1].Key != key)
            slot = (slot + 1) & mask;
        return slot;
    }
}
