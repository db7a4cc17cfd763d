using ImageSig.Tensors;
using Microsoft.Win32.SafeHandles;

namespace ImageSig;

/// <summary>Entries of one length in a file that nobody else sees and that is gone with this process, however it ends: for what memory does not hold. Thread-safe.</summary>
internal sealed class TemporaryEntries : IDisposable
{
    private readonly SafeFileHandle file;
    private readonly int entryBytes;
    private readonly bool[] written;

    private TemporaryEntries(SafeFileHandle file, int entryBytes, int count) => (this.file, this.entryBytes, written) = (file, entryBytes, new bool[count]);

    /// <summary>How many entries there is room for.</summary>
    public int Count => written.Length;

    /// <summary>Where large temporary files belong: the folder of the variable TMPDIR, or else /var/tmp, which unlike /tmp is never in memory.</summary>
    public static string Folder
    {
        get
        {
            const string OnDisk = "/var/tmp";
            return string.IsNullOrEmpty(Environment.GetEnvironmentVariable("TMPDIR")) && Directory.Exists(OnDisk) ? OnDisk : Path.GetTempPath();
        }
    }

    /// <summary>Makes the file, for as many of <paramref name="count"/> entries as half of the free disk holds; null where it cannot be made.</summary>
    /// <param name="folder">Where.</param>
    /// <param name="entryBytes">The length of each.</param>
    /// <param name="count">How many are wanted.</param>
    public static TemporaryEntries? TryCreate(string folder, int entryBytes, int count)
    {
        try
        {
            int places = (int)Math.Min(count, new DriveInfo(Path.GetFullPath(folder)).AvailableFreeSpace / 2 / entryBytes);
            return places <= 0 ? null : new TemporaryEntries(Create(folder), entryBytes, places);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Whether an entry was kept.</summary>
    public bool Holds(int place) => place < written.Length && written[place];

    /// <summary>Keeps an entry; false where the disk is full after all.</summary>
    public bool TryWrite(int place, ReadOnlySpan<byte> entry)
    {
        try
        {
            RandomAccess.Write(file, entry, (long)place * entryBytes);
            return written[place] = true;
        }
        catch (Exception full) when (full is IOException || AtomicFile.IsTooLong(full))
        {
            return false;
        }
    }

    /// <summary>Reads an entry; false where it was not kept, or the disk does not give it back.</summary>
    public bool TryRead(int place, Span<byte> entry)
    {
        if (!Holds(place))
            return false;
        try
        {
            for (int done = 0; done < entry.Length;)
            {
                int count = RandomAccess.Read(file, entry[done..], ((long)place * entryBytes) + done);
                if (count == 0)
                    return false;
                done += count;
            }
            return true;
        }
        catch (IOException)
        {
            // A bad place of the disk: made anew like what was not kept.
            return false;
        }
    }

    /// <summary>Gives the disk back.</summary>
    public void Dispose() => file.Dispose();

    private static SafeFileHandle Create(string folder)
    {
        string path = Path.Combine(folder, $"imagesig-{Guid.NewGuid():N}.tmp");
        SafeFileHandle file = File.OpenHandle(
            path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Delete, FileOptions.RandomAccess | (OperatingSystem.IsWindows() ? FileOptions.DeleteOnClose : FileOptions.None));
        // A file without a name ends with its last handle. Windows deletes it then by itself.
        if (!OperatingSystem.IsWindows())
            File.Delete(path);
        return file;
    }
}
