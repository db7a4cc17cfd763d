using System.Runtime.InteropServices;

namespace ImageSig.Cli;

/// <summary>Turns the first Ctrl-C (or a request to terminate, or the end of the terminal) into a canceled token, so that the work
/// stops cleanly; a second one ends the process at once, and so does the end of patience. A file that grows beyond what the shell allows (<c>ulimit -f</c>) is
/// no reason to die: the write fails, as on a full disk, and what was half-written goes.</summary>
internal sealed class Interruption : IDisposable
{
    /// <summary>SIGXFSZ, which has this number on Linux, macOS and FreeBSD.</summary>
    private const PosixSignal FileIsTooLarge = (PosixSignal)25;

    /// <summary>Held to the end of the process: the runtime hands a signal on later than it comes, and one that finds nobody any more kills.</summary>
    private static readonly PosixSignalRegistration? LongFiles = OperatingSystem.IsWindows() ? null : PosixSignalRegistration.Create(FileIsTooLarge, context => context.Cancel = true);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly CancellationTokenSource source = new();
    private readonly PosixSignalRegistration[] signals;

    public Interruption()
    {
        GC.KeepAlive(LongFiles);
        signals =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop),
            PosixSignalRegistration.Create(PosixSignal.SIGHUP, Stop),
        ];
    }

    /// <summary>Canceled by the first signal.</summary>
    public CancellationToken Token => source.Token;

    public void Dispose()
    {
        foreach (PosixSignalRegistration signal in signals)
            signal.Dispose();
        source.Dispose();
    }

    private void Stop(PosixSignalContext context)
    {
        context.Cancel = !source.IsCancellationRequested;
        source.Cancel();
        // Work that waits for something else, such as a read from a dead network folder, does not see the token.
        Task.Delay(Patience).ContinueWith(_ => Environment.Exit(ExitCode.Interrupted), TaskScheduler.Default);
    }
}
