using System.Buffers;
using Microsoft.Win32.SafeHandles;

namespace ImageSig;

/// <summary>One file of a cache: entries of one length and one meaning, each made of some content and found by its hash. Entries are only ever added.</summary>
/// <remarks>In <c>NAME.data</c> the entries stand one behind the other, with nothing between them. <c>NAME.index</c> says what they are, and then of each its key and its
/// checksum, written after the entry itself: whoever reads the index sees whole entries only. What is damaged is added once more, and the later entry counts.
/// Read with positions rather than mapped: a file that is cut short under a mapping ends the process, and mapped pages count as its memory. Thread-safe.</remarks>
internal sealed class CacheFile : IDisposable
{
    private const int EntriesAtOnce = 4096;

    private readonly Lock appending = new(), tables = new();
    private readonly string folder;
    private readonly CacheContent content;
    private EntryTable table = new(0);
    private SafeFileHandle? index, data;
    private bool mayWrite;

    /// <param name="folder">The cache.</param>
    /// <param name="content">What the entries are.</param>
    public CacheFile(string folder, CacheContent content) => (this.folder, this.content) = (folder, content);

    /// <summary>What the entries are.</summary>
    public CacheContent Content => content;

    /// <summary>Places of entries, some of them perhaps of no use any more.</summary>
    public int Count
    {
        get
        {
            lock (tables)
                return table.Count;
        }
    }

    private string IndexPath => Path.Combine(folder, $"{content.FileName}.index");

    private string DataPath => Path.Combine(folder, $"{content.FileName}.data");

    /// <summary>Opens it for reading, if it is there; it is made with its first entry.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public void Open()
    {
        if (!File.Exists(IndexPath) || !File.Exists(DataPath))
            return;
        OpenHandles(FileAccess.Read);
        if (HasHeader())
            CatchUp();
    }

    /// <summary>The place of the entry of a key; −1 where there is none.</summary>
    public int Find(UInt128 key)
    {
        lock (tables)
            return table.Find(key);
    }

    /// <summary>What the index says of a place.</summary>
    public CacheEntry EntryAt(int place)
    {
        lock (tables)
            return place < table.Count ? table[place] : CacheEntry.None;
    }

    /// <summary>The places of entries that are in use, in order.</summary>
    public IEnumerable<int> Places()
    {
        int count = Count;
        for (int place = 0; place < count; place++)
            if (EntryAt(place) is var entry && entry != CacheEntry.None && Find(entry.Key) == place)
                yield return place;
    }

    /// <summary>Reads an entry.</summary>
    /// <param name="place">From <see cref="Find"/> or <see cref="Append"/>.</param>
    /// <param name="entry">As long as an entry.</param>
    /// <returns>Whether it is whole.</returns>
    public bool TryRead(int place, Span<byte> entry)
    {
        CacheEntry expected = EntryAt(place);
        if (expected == CacheEntry.None || data is null)
            return false;
        try
        {
            return ReadFully(data, entry, (long)place * content.EntryBytes) == entry.Length && expected.Matches(entry);
        }
        catch (IOException)
        {
            // A bad place of the disk: to be made anew like any other damage.
            return false;
        }
    }

    /// <summary>Adds an entry, unless it is there already, whole: another process may have added it meanwhile.</summary>
    /// <param name="key">The hash of what it was made of.</param>
    /// <param name="entry">As long as an entry.</param>
    /// <returns>Its place.</returns>
    /// <exception cref="IOException">The disk is full, and the like.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    public int Append(UInt128 key, ReadOnlySpan<byte> entry)
    {
        lock (appending)
        {
            using IDisposable alone = CacheLock.Take(folder);
            if (!mayWrite)
                OpenHandles(FileAccess.ReadWrite);
            if (!HasHeader())
                Begin();
            CatchUp();
            int known = Find(key);
            if (known >= 0 && IsWhole(known))
                return known;
            int place = Count;
            CacheEntry written = new(key, entry);
            Span<byte> bytes = stackalloc byte[CacheEntry.Length];
            written.Write(bytes, place);
            RandomAccess.Write(data!, entry, (long)place * content.EntryBytes);
            RandomAccess.Write(index!, bytes, IndexOffset(place));
            lock (tables)
                table.Add(written);
            return place;
        }
    }

    /// <summary>Whether an entry can be read.</summary>
    public bool IsWhole(int place)
    {
        byte[] entry = ArrayPool<byte>.Shared.Rent(content.EntryBytes);
        bool whole = TryRead(place, entry.AsSpan(0, content.EntryBytes));
        ArrayPool<byte>.Shared.Return(entry);
        return whole;
    }

    public void Dispose()
    {
        index?.Dispose();
        data?.Dispose();
    }

    private static long IndexOffset(int place) => CacheHeader.Length + ((long)place * CacheEntry.Length);

    private void OpenHandles(FileAccess access)
    {
        FileMode mode = access == FileAccess.Read ? FileMode.Open : FileMode.OpenOrCreate;
        // Handles that were open stay so, for other threads may be reading; they are closed with the last who knows them.
        SafeFileHandle newIndex = File.OpenHandle(IndexPath, mode, access, FileShare.ReadWrite | FileShare.Delete);
        SafeFileHandle newData = File.OpenHandle(DataPath, mode, access, FileShare.ReadWrite | FileShare.Delete, FileOptions.RandomAccess);
        (index, data) = (newIndex, newData);
        mayWrite = access == FileAccess.ReadWrite;
    }

    private bool HasHeader()
    {
        byte[] header = new byte[CacheHeader.Length];
        return ReadFully(index!, header, 0) == header.Length && CacheHeader.Read(header, content.Name) == content;
    }

    /// <summary>Of an index that says something else, nothing can be believed.</summary>
    private void Begin()
    {
        RandomAccess.SetLength(index!, 0);
        RandomAccess.SetLength(data!, 0);
        RandomAccess.Write(index!, CacheHeader.Of(content), 0);
    }

    /// <summary>Takes in what the index holds beyond the table.</summary>
    private void CatchUp()
    {
        int places = (int)Math.Max(0, (RandomAccess.GetLength(index!) - CacheHeader.Length) / CacheEntry.Length);
        lock (tables)
        {
            // Fewer than there were: another process found the file damaged, and began anew.
            if (places < table.Count || table.Count == 0)
                table = new EntryTable(places);
            byte[] bytes = new byte[Math.Min(places - table.Count, EntriesAtOnce) * CacheEntry.Length];
            while (table.Count < places)
            {
                int first = table.Count, count = Math.Min(places - first, EntriesAtOnce);
                if (ReadFully(index!, bytes.AsSpan(0, count * CacheEntry.Length), IndexOffset(first)) < count * CacheEntry.Length)
                    return;
                for (int i = 0; i < count; i++)
                    table.Add(CacheEntry.Read(bytes.AsSpan(i * CacheEntry.Length, CacheEntry.Length), first + i));
            }
        }
    }

    private static int ReadFully(SafeFileHandle file, Span<byte> destination, long offset)
    {
        int done = 0;
        while (done < destination.Length)
        {
            int count = RandomAccess.Read(file, destination[done..], offset + done);
            if (count == 0)
                break;
            done += count;
        }
        return done;
    }
}
