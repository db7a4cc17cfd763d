using System.Text.Json.Serialization;

namespace ImageSig;

/// <summary>What is remembered of a training run in the model file. Nothing here changes a prediction, and nothing depends on the clock or the machine.</summary>
public sealed record TrainingReport
{
    /// <summary>The recipe's name.</summary>
    public required string Recipe { get; init; }

    /// <summary>"adam", "adamw" or "sgd".</summary>
    public required string Optimizer { get; init; }

    /// <summary>The (highest) learning rate.</summary>
    public required float LearningRate { get; init; }

    /// <summary>The decoupled weight decay.</summary>
    public required float WeightDecay { get; init; }

    /// <summary>"focal" or "cross-entropy".</summary>
    public required string Loss { get; init; }

    /// <summary>Share of each target spread over all classes.</summary>
    public required float LabelSmoothing { get; init; }

    /// <summary>Samples per batch.</summary>
    public required int BatchSize { get; init; }

    /// <summary>The longest a step's gradient might be; 0 for no limit.</summary>
    public float ClipNorm { get; init; }

    /// <summary>Batches to a step.</summary>
    public int Accumulation { get; init; } = 1;

    /// <summary>Decay of the running average of the weights; 0 for none.</summary>
    public float AverageDecay { get; init; }

    /// <summary>Epochs that ran.</summary>
    public required int Epochs { get; init; }

    /// <summary>The epoch whose weights are kept, counted from 1; "bestEpoch" in model files.</summary>
    [JsonPropertyName("bestEpoch")]
    public required int ChosenEpoch { get; init; }

    /// <summary>The seed of split, initial weights, order and dropout.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Which copies were added to the training images, such as "hflip,brightness", or "none".</summary>
    public required string Augmentations { get; init; }

    /// <summary>Training images per class, without copies, in class order.</summary>
    public required IReadOnlyList<int> TrainingImages { get; init; }

    /// <summary>Validation images per class, in class order.</summary>
    public required IReadOnlyList<int> ValidationImages { get; init; }

    /// <summary>Files of the folder that could not be read.</summary>
    public required int UnreadableImages { get; init; }

    /// <summary>Accuracy on the validation images at the chosen epoch; null without validation.</summary>
    public double? ValidationAccuracy { get; init; }

    /// <summary>The mean of the classes' recalls on the validation images at the chosen epoch; null without validation.</summary>
    public double? ValidationBalancedAccuracy { get; init; }

    /// <summary>The loss on the validation images at the chosen epoch; null without validation.</summary>
    public double? ValidationLoss { get; init; }
}
