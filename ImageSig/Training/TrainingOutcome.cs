using ImageSig.Checking;
using ImageSig.NN;

namespace ImageSig;

/// <summary>What came of a training: the model, and what the model file does not keep.</summary>
/// <param name="Classifier">The trained model, ready to predict and to be saved.</param>
/// <param name="Summary">Losses and accuracies, epoch by epoch.</param>
/// <param name="Validation">The chosen weights on the validation images; null without validation.</param>
/// <param name="Unreadable">Images that could not be read and were left out.</param>
/// <param name="Times">The time of the stages.</param>
public sealed record TrainingOutcome(
    ImageClassifier Classifier, TrainingSummary Summary, Evaluation? Validation, IReadOnlyList<UnreadableImage> Unreadable, StageTimes Times)
{
    /// <summary>Pictures of the training set that stand under two labels; null where there are none.</summary>
    public SamePictures? UnderTwoLabels { get; init; }

    /// <summary>What was seen of the training pictures on the way, the worst first.</summary>
    internal IReadOnlyList<QuickFinding> Findings { get; init; } = [];

    /// <summary>Attributes to which all training images give the same answer.</summary>
    internal IReadOnlyList<string> WithOneAnswer { get; init; } = [];

    internal PictureIndex? Pictures { get; init; }

    /// <summary>The images that chose the epoch, in the order of <see cref="Validation"/>.</summary>
    internal IReadOnlyList<LabeledImage> ValidationImages { get; init; } = [];

    internal CheckpointFile? Checkpoint { get; init; }

    /// <summary>The model of the last epoch, where that was asked for.</summary>
    internal ImageClassifier? Last { get; init; }

    /// <summary>The pictures of an evaluation that the model was trained on, so that its figures say little of other pictures; null where there are none.</summary>
    public SamePictures? SeenInTraining(Evaluation evaluation)
    {
        ArgumentNullException.ThrowIfNull(evaluation);
        return evaluation.Pictures is { } others ? Pictures?.AlsoIn(others) : null;
    }

    /// <summary>Deletes the checkpoint of this training, if it kept one: to be called when the model is saved, for until then the checkpoint is all there is
    /// on the disk.</summary>
    /// <exception cref="IOException">The file cannot be deleted.</exception>
    public void DeleteCheckpoint() => Checkpoint?.Delete();
}
