using ImageSig.NN;

namespace ImageSig;

/// <summary>How a model does on labeled images it was not trained on.</summary>
/// <param name="Classes">The model's classes, in the order of the confusion matrix; of attributes "no" and "yes".</param>
/// <param name="Confusion">Counts of [actual, predicted] and the figures that follow from them; of attributes all answers together.</param>
/// <param name="Unreadable">Images that could not be read; they count nowhere else.</param>
/// <param name="Times">The time of the stages.</param>
public sealed record Evaluation(
    IReadOnlyList<string> Classes, ConfusionMatrix Confusion, IReadOnlyList<UnreadableImage> Unreadable, StageTimes Times)
{
    /// <summary>The expected calibration error of the confidences, 0…1: the mean difference, in fifteen bins by confidence, between confidence and the share that is right.</summary>
    public double CalibrationError { get; init; }

    /// <summary>How many images were answered with <see cref="Prediction.IsUnknown"/>; everywhere else they count as the class that is nearest. Null where the model
    /// takes every image for one of its classes.</summary>
    public int? Unknown { get; init; }

    /// <summary>How many images were predicted.</summary>
    public required int Count { get; init; }

    /// <summary>The figures of each attribute, in the model's order; null where the model has classes.</summary>
    public IReadOnlyList<AttributeFigures>? Attributes { get; init; }

    internal PictureIndex? Pictures { get; init; }

    /// <summary>One for each image that could be read, in the order of the set.</summary>
    internal IReadOnlyList<Prediction> Answers { get; init; } = [];

    /// <summary>What the calibration error is made of.</summary>
    internal IReadOnlyList<CalibrationBin> Reliability { get; init; } = [];
}
