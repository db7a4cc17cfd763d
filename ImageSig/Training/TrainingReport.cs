using ImageSig.NN;

namespace ImageSig;

/// <summary>What is remembered of a training in the model file. Nothing here changes a prediction, and nothing depends on the clock or the machine.</summary>
public sealed record TrainingReport
{
    private readonly int? trainingTotal, validationTotal;

    /// <summary>In place of a recipe's name where the weights were trained elsewhere.</summary>
    internal const string Imported = "imported";

    /// <summary>The recipe's name.</summary>
    public required string Recipe { get; init; }

    /// <summary>How the network was trained. Of a model that was loaded, what the file keeps of it: schedule, patience, threads and memory stand at their
    /// defaults, and its epochs are those that ran.</summary>
    public required TrainingOptions Options { get; init; }

    /// <summary>Epochs that ran.</summary>
    public required int Epochs { get; init; }

    /// <summary>The epoch whose weights are kept, counted from 1; "bestEpoch" in model files.</summary>
    public required int ChosenEpoch { get; init; }

    /// <summary>Which copies were added to the training images.</summary>
    public required ImageAugmentations Augmentations { get; init; }

    /// <summary>Architecture and checksum of each model that taught this one, such as <c>grid 1a2b3c4d</c>.</summary>
    public IReadOnlyList<string> Teachers { get; init; } = [];

    /// <summary>How many models of the same recipe were trained to teach this one.</summary>
    public int Members { get; init; }

    /// <summary>Training images per class, without copies, in class order; of attributes those that have each.</summary>
    public required IReadOnlyList<int> TrainingImages { get; init; }

    /// <summary>Validation images per class, in class order; of attributes those that have each.</summary>
    public required IReadOnlyList<int> ValidationImages { get; init; }

    /// <summary>All training images, without copies.</summary>
    public int TrainingTotal { get => trainingTotal ?? TrainingImages.Sum(); init => trainingTotal = value; }

    /// <summary>All validation images.</summary>
    public int ValidationTotal { get => validationTotal ?? ValidationImages.Sum(); init => validationTotal = value; }

    /// <summary>Images that could not be read.</summary>
    public required int UnreadableImages { get; init; }

    /// <summary>Accuracy on the validation images at the chosen epoch; null without validation.</summary>
    public double? ValidationAccuracy { get; init; }

    /// <summary>The mean of the classes' recalls on the validation images at the chosen epoch; null without validation.</summary>
    public double? ValidationBalancedAccuracy { get; init; }

    /// <summary>The loss on the validation images at the chosen epoch; null without validation.</summary>
    public double? ValidationLoss { get; init; }

    /// <summary>The expected calibration error on the validation images before the model had a temperature; null where it has none.</summary>
    public double? CalibrationErrorBefore { get; init; }

    /// <summary>The same with the temperature that was found on these images; null where there is none.</summary>
    public double? CalibrationErrorAfter { get; init; }
}
