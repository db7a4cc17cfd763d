using ImageSig.Tensors;

namespace ImageSig;

/// <summary>Keeps a second training away from a checkpoint as long as the first is at work: a file beside it that is open for one alone. The system lets go
/// of it even when the process is killed, and the next training takes what is left of it.</summary>
/// <remarks>Unlike a cache's the file is deleted in the end, for it stands where people keep their models. Who opened it just before it was deleted would then hold a lock that
/// nobody else meets; so a lock counts only where the path still leads to the file that is locked, and nobody else ever deletes it.</remarks>
internal sealed class TrainingLock : IDisposable
{
    /// <summary>Little where a disk knows no holes, and writes so many bytes.</summary>
    private const int MaxMark = 1 << 16;

    /// <summary>Nobody meets so many files that are about to go; who does is on a file system that tells old lengths, and has to be content with the lock.</summary>
    private const int MaxTries = 100;

    private readonly FileStream file;

    private TrainingLock(FileStream file) => this.file = file;

    /// <summary>Takes the lock.</summary>
    /// <param name="kept">The path of the checkpoint, or of what else is kept.</param>
    /// <param name="keeper">Who else may keep it, and what, in words.</param>
    /// <exception cref="IOException">Another training has it, or the folder takes no files.</exception>
    public static TrainingLock Take(string kept, string keeper = "another training keeps its checkpoint")
    {
        string path = $"{kept}.lock";
        for (int tries = 1; ; tries++)
        {
            FileStream file;
            try
            {
                // Windows deletes by handle, and opens no file that is about to go.
                file = new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, OperatingSystem.IsWindows() ? FileOptions.DeleteOnClose : FileOptions.None);
            }
            catch (IOException) when (File.Exists(path))
            {
                throw new IOException($"{kept}: {keeper} here; wait until it is done, or write to another file.");
            }
            catch (IOException) when (tries < MaxTries)
            {
                // It was deleted while it was met, by who let go of it.
                continue;
            }
            if (OperatingSystem.IsWindows() || IsAt(path, file) || tries == MaxTries)
                return new TrainingLock(file);
            file.Dispose();
        }
    }

    /// <summary>Deletes the file while it is still locked, and lets go of it.</summary>
    public void Dispose()
    {
        if (!file.CanRead)
            return;
        try
        {
            if (!OperatingSystem.IsWindows())
                File.Delete(file.Name);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // Left behind it keeps nobody away.
        }
        file.Dispose();
    }

    /// <summary>Whether a path leads to a file that is open: a length drawn for it is seen at the path too. Files have no number here that could be asked for. A full disk cannot tell, and is
    /// no reason not to begin.</summary>
    internal static bool IsAt(string path, FileStream file)
    {
        try
        {
            file.SetLength(Random.Shared.Next(1, MaxMark));
        }
        catch (Exception full) when (full is IOException || AtomicFile.IsTooLong(full))
        {
            return true;
        }
        FileInfo there = new(path);
        return there.Exists && there.Length == file.Length;
    }
}
