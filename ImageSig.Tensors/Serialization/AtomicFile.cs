namespace ImageSig.Tensors;

/// <summary>Writes a file so that its path always holds either the old content or the whole new one.</summary>
public static class AtomicFile
{
    /// <summary>Runs <paramref name="write"/> on a temporary file beside <paramref name="path"/>, flushes it to the disk and renames it.</summary>
    /// <param name="path">The destination; replaced if it exists.</param>
    /// <param name="write">Writes the content; the stream can seek. If it throws, the temporary file is deleted and the destination is untouched.</param>
    /// <param name="flush">Whether to wait for the disk, so that not even a power cut leaves half a file; slow for many small files.</param>
    /// <exception cref="IOException">The folder does not exist, the disk is full, the path is a device, and the like.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder or file may not be written.</exception>
    public static void Write(string path, Action<Stream> write, bool flush = true)
    {
        ArgumentNullException.ThrowIfNull(write);
        string destination = Destination(path);
        string temporary = Beside(destination);
        try
        {
            using (FileStream stream = new(temporary, FileMode.Create, FileAccess.ReadWrite, FileShare.None))
            {
                write(stream);
                stream.Flush(flushToDisk: flush);
            }
            File.Move(temporary, destination, overwrite: true);
        }
        catch when (File.Exists(temporary))
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>The file that a path stands for: where it is a link, what it leads to, for renaming onto a link would replace the link.</summary>
    /// <exception cref="IOException">A device, which renaming would replace by a file: as root, even <c>/dev/null</c>.</exception>
    public static string Destination(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        string full = Path.GetFullPath(path);
        if (File.Exists(full) && IsDevice(full))
            throw new IOException($"cannot write {path}: it is a device; give the name of a file.");
        return Resolve(path);
    }

    /// <summary>The path itself, or what a link finally leads to.</summary>
    /// <exception cref="IOException">The links go round in a circle.</exception>
    public static string Resolve(string path)
    {
        FileInfo file = new(Path.GetFullPath(path));
        return file.LinkTarget is null ? path : file.ResolveLinkTarget(returnFinalTarget: true)!.FullName;
    }

    /// <summary>A name for the temporary file: in the destination's folder, since renaming is atomic only within one file system.</summary>
    internal static string Beside(string destination) => $"{destination}.{Environment.ProcessId}.tmp";

    // /dev/shm is ordinary memory with ordinary files; the rest of /dev are devices, and links to them such as /dev/stdout.
    private static bool IsDevice(string full) =>
        full.StartsWith("/dev/", StringComparison.Ordinal) && !full.StartsWith("/dev/shm/", StringComparison.Ordinal);
}
