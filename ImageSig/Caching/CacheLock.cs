namespace ImageSig;

/// <summary>Lets one process at a time add to a cache: a file in its folder that is open for one alone. The system lets go of it even when the process is killed.</summary>
internal static class CacheLock
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Waits for the lock.</summary>
    /// <param name="folder">The cache.</param>
    /// <exception cref="IOException">The folder takes no files, or another process holds the lock and does not go on.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    public static IDisposable Take(string folder)
    {
        string path = Path.Combine(folder, "lock");
        long end = Environment.TickCount64 + (long)Patience.TotalMilliseconds;
        while (true)
        {
            try
            {
                // Never deleted: who waits for a deleted file would hold another lock than who makes a new one.
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
            }
            catch (IOException busy) when (busy is not (FileNotFoundException or DirectoryNotFoundException) && File.Exists(path))
            {
                if (Environment.TickCount64 > end)
                    throw new IOException($"another process has held {path} for {Patience.TotalSeconds:0} s", busy);
                Thread.Sleep(1);
            }
        }
    }
}
