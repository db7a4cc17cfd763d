namespace ImageSig;

/// <summary>The stages of long work, in their order.</summary>
public enum PipelineStage
{
    /// <summary>Reading, decoding and resizing; counted in images.</summary>
    Decode,

    /// <summary>Taking features; counted in images and their augmented copies.</summary>
    Features,

    /// <summary>Told once, when a few steps of training have been timed: how many epochs there will be and how long they will take; counted in samples over all epochs.</summary>
    Plan,

    /// <summary>The training loops of the members that will teach, one after the other; counted in samples over all their epochs.</summary>
    Members,

    /// <summary>The training loop; counted in samples over all epochs.</summary>
    Train,

    /// <summary>Predicting labeled images; counted in images.</summary>
    Evaluate,
}

/// <summary>How far a stage of long work has come.</summary>
/// <param name="Stage">What is being done.</param>
/// <param name="Done">Images or training samples done so far.</param>
/// <param name="Total">How many there will be.</param>
/// <param name="PerSecond">The mean rate since the stage began.</param>
/// <param name="Epoch">Where a training stands; null in the other stages.</param>
public readonly record struct PipelineProgress(PipelineStage Stage, long Done, long Total, double PerSecond, EpochProgress? Epoch = null)
{
    /// <summary>The time left at the mean rate.</summary>
    public TimeSpan Remaining => PerSecond > 0 ? TimeSpan.FromSeconds((Total - Done) / PerSecond) : TimeSpan.Zero;
}

/// <summary>Where a training stands.</summary>
/// <param name="Number">The epoch at work, from 1.</param>
/// <param name="Count">All epochs.</param>
/// <param name="Loss">The mean training loss of the epoch so far.</param>
/// <param name="LastLoss">That of the epoch before; null in the first.</param>
/// <param name="LastValidationAccuracy">The share right on the validation images after the epoch before, 0…1; null in the first epoch and without validation.</param>
public readonly record struct EpochProgress(int Number, int Count, double Loss, double? LastLoss, double? LastValidationAccuracy);
