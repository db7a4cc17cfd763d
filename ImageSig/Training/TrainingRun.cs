using ImageSig.NN;

namespace ImageSig;

/// <summary>What a training run showed that the model file does not keep.</summary>
/// <param name="Summary">Losses and accuracies, epoch by epoch.</param>
/// <param name="Validation">The chosen weights on the validation images; null without validation.</param>
/// <param name="Unreadable">Files of the folder that could not be read.</param>
/// <param name="Times">The time of the stages.</param>
public sealed record TrainingRun(TrainingSummary Summary, Evaluation? Validation, IReadOnlyList<UnreadableImage> Unreadable, StageTimes Times)
{
    /// <summary>Deleted when the model is saved: until then, it is all there is on the disk.</summary>
    internal CheckpointFile? Checkpoint { get; init; }
}
