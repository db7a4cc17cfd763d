using ImageSig.Cli.Json;

namespace ImageSig.Cli.Watch;

/// <summary>Tells of changes on a thread of its own, so that a slow listener does not make the camera wait.</summary>
internal abstract class ChangeWorker : IChangeListener
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private readonly CancellationTokenSource end = new();
    private Thread? thread;

    /// <summary>Guards what is still to be told; pulsed when there is something.</summary>
    protected object Gate { get; } = new();

    /// <summary>Whether what waits is the last that will come.</summary>
    protected bool IsClosing { get; private set; }

    /// <summary>Canceled when patience is at its end.</summary>
    protected CancellationToken End => end.Token;

    public abstract void Changed(WatchJson change);

    /// <summary>Tells what waits, for a few seconds at most.</summary>
    public void Dispose()
    {
        lock (Gate)
        {
            IsClosing = true;
            Monitor.PulseAll(Gate);
        }
        if (thread is { } running && !running.Join(Patience))
        {
            end.Cancel();
            running.Join();
        }
        end.Dispose();
    }

    /// <summary>Begins; to be called when everything that <see cref="Work"/> needs is there.</summary>
    protected void Start(string name)
    {
        thread = new Thread(Work) { IsBackground = true, Name = name };
        thread.Start();
    }

    /// <summary>Tells until <see cref="IsClosing"/> or <see cref="End"/>.</summary>
    protected abstract void Work();
}
