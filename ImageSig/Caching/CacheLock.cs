namespace ImageSig;

/// <summary>Lets one process at a time add to a cache: a file in its folder that is open for one alone. The system lets go of it even when the process is killed.</summary>
internal static class CacheLock
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Waits for the lock.</summary>
    /// <param name="folder">The cache.</param>
    /// <exception cref="IOException">The folder takes no files, which is told at once, or another process holds the lock and does not go on.</exception>
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
            catch (IOException busy) when (IsHeld(busy))
            {
                if (Environment.TickCount64 > end)
                    throw new IOException($"another process has held {path} for {Patience.TotalSeconds:0} s", busy);
                Thread.Sleep(1);
            }
        }
    }

    /// <summary>Whether another has it open: on Unix the number of EWOULDBLOCK, which is another one on macOS; on Windows a sharing or a lock violation.</summary>
    private static bool IsHeld(IOException problem) => OperatingSystem.IsWindows()
        ? problem.HResult is unchecked((int)0x80070020) or unchecked((int)0x80070021)
        : problem.HResult == (OperatingSystem.IsMacOS() || OperatingSystem.IsFreeBSD() ? 35 : 11);
}
