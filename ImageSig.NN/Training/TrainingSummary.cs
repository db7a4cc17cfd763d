namespace ImageSig.NN;

/// <summary>What one pass over the data led to. Without validation its three figures are null.</summary>
/// <param name="Epoch">From 1.</param>
/// <param name="TrainLoss">Mean over the epoch's samples, with dropout, while the weights were changing.</param>
/// <param name="ValidationLoss">Mean over the validation samples.</param>
/// <param name="ValidationAccuracy">Share right.</param>
/// <param name="ValidationBalancedAccuracy">Mean recall of the classes.</param>
/// <param name="LearningRate">Of the last step.</param>
public sealed record EpochRecord(
    int Epoch, double TrainLoss, double? ValidationLoss, double? ValidationAccuracy, double? ValidationBalancedAccuracy, double LearningRate);

/// <summary>The history of a training. Holds no times: the same training gives the same summary.</summary>
/// <param name="Epochs">One record each.</param>
/// <param name="ChosenEpoch">The epoch, from 1, whose weights the model now has: the latest within one standard error of the highest balanced accuracy.</param>
public sealed record TrainingSummary(IReadOnlyList<EpochRecord> Epochs, int ChosenEpoch);

/// <summary>Where a training stands, for a progress display.</summary>
/// <param name="Epoch">The epoch at work, from 1.</param>
/// <param name="Epochs">All epochs.</param>
/// <param name="Step">Steps done in this epoch.</param>
/// <param name="Steps">Steps of an epoch.</param>
/// <param name="SamplesPerSecond">Since training began.</param>
/// <param name="Loss">Mean training loss of the epoch so far.</param>
/// <param name="LastEpoch">The record of the epoch before, if there is one.</param>
public readonly record struct TrainingProgress(
    int Epoch, int Epochs, int Step, int Steps, double SamplesPerSecond, double Loss, EpochRecord? LastEpoch);

/// <summary>All that is needed to go on after an epoch as if nothing had happened: the same bits come out.</summary>
public sealed class TrainerState
{
    /// <summary>The last epoch that is done, from 1.</summary>
    public required int Epoch { get; init; }

    /// <summary>Optimizer steps taken.</summary>
    public required long Steps { get; init; }

    /// <summary>The weights, parameter by parameter in the model's order, without gaps.</summary>
    public required IReadOnlyList<float[]> Weights { get; init; }

    /// <summary>What else is remembered of every weight, by name: the optimizer's moments or velocity, the running average. Likewise.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<float[]>> Memory { get; init; }

    /// <summary>The weights of the epoch chosen so far, likewise.</summary>
    public required IReadOnlyList<float[]> ChosenWeights { get; init; }

    /// <summary>The epoch chosen so far, from 1.</summary>
    public required int ChosenEpoch { get; init; }

    /// <summary>The epochs so far.</summary>
    public required IReadOnlyList<EpochRecord> History { get; init; }
}
