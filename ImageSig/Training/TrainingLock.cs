namespace ImageSig;

/// <summary>Keeps a second training away from a checkpoint as long as the first is at work: a file beside it that is open for one alone. The system lets go
/// of it even when the process is killed, and the next training takes what is left of it.</summary>
internal sealed class TrainingLock : IDisposable
{
    private readonly FileStream file;

    private TrainingLock(FileStream file) => this.file = file;

    /// <summary>Takes the lock.</summary>
    /// <param name="kept">The path of the checkpoint, or of what else is kept.</param>
    /// <param name="keeper">Who else may keep it, and what, in words.</param>
    /// <exception cref="IOException">Another training has it, or the folder takes no files.</exception>
    public static TrainingLock Take(string kept, string keeper = "another training keeps its checkpoint")
    {
        string path = $"{kept}.lock";
        try
        {
            return new TrainingLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose));
        }
        catch (IOException) when (File.Exists(path))
        {
            throw new IOException($"{kept}: {keeper} here; wait until it is done, or write to another file.");
        }
    }

    public void Dispose() => file.Dispose();
}
