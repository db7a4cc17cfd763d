using ImageSig.Tensors.Autodiff;

namespace ImageSig.NN;

/// <summary>How weights follow from gradients.</summary>
public enum OptimizerKind
{
    /// <summary>Adam; weight decay is added to the gradient.</summary>
    Adam,

    /// <summary>AdamW: weights decay by themselves, apart from the gradient.</summary>
    AdamW,
}

/// <summary>What training makes small.</summary>
public enum LossKind
{
    /// <summary>Focal loss with γ = 2: samples already right hardly count.</summary>
    Focal,

    /// <summary>Cross-entropy.</summary>
    CrossEntropy,
}

/// <summary>How to train. Together with the data and the seed it determines every bit of the result; the threads do not.</summary>
public sealed record TrainingOptions
{
    /// <summary>Passes over the training samples.</summary>
    public required int Epochs { get; init; }

    /// <summary>Samples per step; the last batch of an epoch may be smaller.</summary>
    public required int BatchSize { get; init; }

    /// <summary>Adam or AdamW.</summary>
    public OptimizerKind Optimizer { get; init; } = OptimizerKind.Adam;

    /// <summary>Step size before the schedule's factor.</summary>
    public float LearningRate { get; init; } = 0.001f;

    /// <summary>Weight decay, 0 for none.</summary>
    public float WeightDecay { get; init; }

    /// <summary>How the step size changes over time.</summary>
    public LearningRateSchedule Schedule { get; init; } = new ConstantSchedule();

    /// <summary>What is made small.</summary>
    public LossKind Loss { get; init; } = LossKind.CrossEntropy;

    /// <summary>[classes] Factor of each sample's loss by its class; null for 1.</summary>
    public IReadOnlyList<float>? ClassWeights { get; init; }

    /// <summary>Share of the target spread over all classes, cross-entropy only.</summary>
    public float LabelSmoothing { get; init; }

    /// <summary>Determines initial order, shuffling and dropout.</summary>
    public ulong Seed { get; init; }

    /// <summary>Threads at work; the result is the same for any number.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Stop after this many epochs without a better one on validation; 0 for never.</summary>
    public int Patience { get; init; }

    /// <summary>The loss as the tape takes it.</summary>
    internal ClassificationLoss LossFunction => new()
    {
        FocalGamma = Loss == LossKind.Focal ? 2 : 0,
        ClassWeights = ClassWeights,
        LabelSmoothing = LabelSmoothing,
    };

    /// <summary>Checks all values.</summary>
    /// <exception cref="ArgumentException">One is out of range.</exception>
    internal void Validate(int classes)
    {
        if (Epochs < 1)
            throw new ArgumentException($"Training: {Epochs} epochs; at least 1 is needed.");
        if (BatchSize < 1)
            throw new ArgumentException($"Training: the batch size is {BatchSize}; it must be at least 1.");
        if (Threads < 1)
            throw new ArgumentException($"Training: {Threads} threads; at least 1 is needed.");
        if (!(LearningRate > 0 && float.IsFinite(LearningRate)))
            throw new ArgumentException($"Training: the learning rate is {LearningRate}; it must be above 0.");
        if (!(WeightDecay >= 0 && float.IsFinite(WeightDecay)))
            throw new ArgumentException($"Training: the weight decay is {WeightDecay}; it must be at least 0.");
        if (Patience < 0)
            throw new ArgumentException($"Training: the patience is {Patience}; it must be at least 0 (0: never stop early).");
        LossFunction.Validate(classes);
    }
}
