namespace ImageSig;

/// <summary>Where a training run keeps what it needs to go on after an interruption.</summary>
/// <param name="Path">The file; written after an epoch, but no more often than is asked for, and when the run ends early, whatever the reason; deleted by the outcome (DeleteCheckpoint).</param>
/// <param name="Resume">Whether to go on from the file if it is there. The result then has the same bits as an uninterrupted run.</param>
public sealed record CheckpointOptions(string Path, bool Resume)
{
    /// <summary>The least time between two writings.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The least number of epochs between two writings.</summary>
    public int Epochs { get; init; } = 1;

    /// <summary>Told all epochs so far after each one.</summary>
    internal Action<IReadOnlyList<NN.EpochRecord>>? EpochDone { get; init; }

    /// <summary>Told when the file is of this training: written by it, or read to go on from.</summary>
    internal Action? IsOurs { get; init; }

    /// <summary>Whether the outcome shall have the model of the last epoch too.</summary>
    internal bool KeepsLast { get; init; }
}
