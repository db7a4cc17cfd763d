using ImageSig.Tensors;
using ImageSig.Tensors.Autodiff;

namespace ImageSig.NN;

/// <summary>How good a model's answers are. Shares are null where there is nothing to be right or wrong about.</summary>
/// <param name="Loss">Mean over the samples.</param>
/// <param name="Accuracy">Share right.</param>
/// <param name="BalancedAccuracy">Mean recall of the classes.</param>
internal readonly record struct Judgment(double Loss, double? Accuracy, double? BalancedAccuracy);

/// <summary>What training makes small, and how the answers are judged by it. Has memory of its own: one per worker.</summary>
internal abstract class Objective
{
    /// <summary>The objective that the options name.</summary>
    public static Objective Of(TrainingOptions options) => options.Loss switch
    {
        LossKind.BinaryCrossEntropy => new AttributeObjective(options.ClassWeights),
        LossKind.MeanSquaredError => new RegressionObjective(),
        _ => new ClassificationObjective(options.ClassificationLoss, options.TeacherShare, options.TeacherTemperature),
    };

    /// <summary>Checks the samples against a model with so many outputs.</summary>
    /// <exception cref="ArgumentException">A label is out of range, or teachers answer what the loss does not ask.</exception>
    public virtual void Check(ISampleSource source, string role, int outputs)
    {
        if (source is ITaughtSource)
            throw new ArgumentException($"Training: {role} samples have teachers, who answer for classes; train with cross-entropy or focal loss.");
    }

    /// <summary>The loss of a batch on a tape, times <paramref name="scale"/> per sample.</summary>
    public abstract Tensor OnTape(Tape tape, Tensor scores, ISampleSource source, ReadOnlySpan<int> samples, int epoch, float scale);

    /// <summary>Loss and shares right of all samples of a source.</summary>
    /// <param name="scores">[N, outputs].</param>
    public abstract Judgment Judge(ReadOnlySpan<float> scores, int outputs, ISampleSource source);
}
