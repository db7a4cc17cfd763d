namespace ImageSig.Cli.Watch;

/// <summary>Everybody who is told of changes. At the end all finish at once: together they take as long as the slowest, which is less than the patience of <see cref="Interruption"/>.</summary>
/// <param name="listeners">They; null for one that was not asked for.</param>
internal sealed class ChangeListeners(params IReadOnlyList<IChangeListener?> listeners) : IDisposable
{
    /// <summary>They.</summary>
    public IReadOnlyList<IChangeListener> All { get; } = [.. listeners.OfType<IChangeListener>()];

    /// <summary>Ends them all.</summary>
    public void Dispose()
    {
        Thread[] ends = [.. All.Select(listener => new Thread(listener.Dispose))];
        foreach (Thread end in ends)
            end.Start();
        foreach (Thread end in ends)
            end.Join();
    }
}
