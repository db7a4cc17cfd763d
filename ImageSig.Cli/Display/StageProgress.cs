namespace ImageSig.Cli.Display;

/// <summary>How far a stage has come, in the words of the display.</summary>
/// <param name="Stage">Its name, such as "decode".</param>
/// <param name="Done">Steps done so far.</param>
/// <param name="Total">How many there will be.</param>
/// <param name="PerSecond">The mean rate since the stage began; 0 where it is not known.</param>
/// <param name="Note">What else there is to tell, or null.</param>
internal readonly record struct StageProgress(string Stage, long Done, long Total, double PerSecond, string? Note = null)
{
    /// <summary>The time left at the mean rate.</summary>
    public TimeSpan Remaining => PerSecond > 0 ? TimeSpan.FromSeconds((Total - Done) / PerSecond) : TimeSpan.Zero;
}
