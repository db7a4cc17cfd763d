namespace ImageSig;

/// <summary>How far a stage of long work has come.</summary>
/// <param name="Stage">"decode", "features", "train" or "evaluate".</param>
/// <param name="Done">Images or training samples done so far.</param>
/// <param name="Total">How many there will be.</param>
/// <param name="PerSecond">The mean rate since the stage began.</param>
/// <param name="Note">What else is known, such as the epoch and its validation accuracy; may be null.</param>
public readonly record struct PipelineProgress(string Stage, long Done, long Total, double PerSecond, string? Note = null)
{
    /// <summary>The time left at the mean rate.</summary>
    public TimeSpan Remaining => PerSecond > 0 ? TimeSpan.FromSeconds((Total - Done) / PerSecond) : TimeSpan.Zero;
}
