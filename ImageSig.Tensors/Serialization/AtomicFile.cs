namespace ImageSig.Tensors;

/// <summary>Writes a file so that its path always holds either the old content or the whole new one.</summary>
public static class AtomicFile
{
    /// <summary>Runs <paramref name="write"/> on a temporary file beside <paramref name="path"/>, flushes it to the disk and renames it.</summary>
    /// <param name="path">The destination; replaced if it exists.</param>
    /// <param name="write">Writes the content; the stream can seek. If it throws, the temporary file is deleted and the destination is untouched.</param>
    /// <exception cref="IOException">The folder does not exist, the disk is full, and the like.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder or file may not be written.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(write);
        string temporary = $"{path}.{Environment.ProcessId}.tmp";
        try
        {
            using (FileStream stream = new(temporary, FileMode.Create, FileAccess.ReadWrite, FileShare.None))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }
            File.Move(temporary, path, overwrite: true);
        }
        catch when (File.Exists(temporary))
        {
            File.Delete(temporary);
            throw;
        }
    }
}
