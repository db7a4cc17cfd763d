using ImageSig.Tensors;
using ImageSig.Tensors.Autodiff;

namespace ImageSig.NN;

/// <summary>How weights follow from gradients.</summary>
public enum OptimizerKind
{
    /// <summary>Adam; weight decay is added to the gradient.</summary>
    Adam,

    /// <summary>AdamW: weights decay by themselves, apart from the gradient.</summary>
    AdamW,

    /// <summary>Gradient descent with momentum; weight decay is added to the gradient.</summary>
    Sgd,
}

/// <summary>What training makes small.</summary>
public enum LossKind
{
    /// <summary>Focal loss with γ = 2: samples already right hardly count.</summary>
    Focal,

    /// <summary>Cross-entropy.</summary>
    CrossEntropy,

    /// <summary>Several yes-or-no questions at once, one sigmoid each: the mean binary cross-entropy.</summary>
    BinaryCrossEntropy,

    /// <summary>Mean squared error of the outputs.</summary>
    MeanSquaredError,
}

/// <summary>How to train. Together with the data and the seed it determines every bit of the result; the threads do not.</summary>
public sealed record TrainingOptions
{
    /// <summary>Passes over the training samples.</summary>
    public required int Epochs { get; init; }

    /// <summary>The most samples of a batch. The batches of an epoch are as equal as can be: 129 samples in batches of 64 are three of 43.</summary>
    public required int BatchSize { get; init; }

    /// <summary>Batches whose gradients are added up for one step: as good as a batch that many times as large, in the memory of one.</summary>
    public int Accumulation { get; init; } = 1;

    /// <summary>Adam, AdamW or gradient descent with momentum.</summary>
    public OptimizerKind Optimizer { get; init; } = OptimizerKind.Adam;

    /// <summary>Step size before the schedule's factor.</summary>
    public float LearningRate { get; init; } = 0.001f;

    /// <summary>Weight decay, 0 for none.</summary>
    public float WeightDecay { get; init; }

    /// <summary>μ of gradient descent, in [0, 1).</summary>
    public float Momentum { get; init; } = 0.9f;

    /// <summary>The largest norm of a step's gradient, over all weights together: a longer one is scaled down to it. 0 for no limit.</summary>
    public float ClipNorm { get; init; }

    /// <summary>d of the running average of the weights, <c>a ← d · a + (1 − d) · w</c> after every step, which is then what is
    /// validated and kept. In [0, 1); 0 for none. In the first steps d is at most <c>(1 + t) / (10 + t)</c>.</summary>
    public float AverageDecay { get; init; }

    /// <summary>How the step size changes over time.</summary>
    public LearningRateSchedule Schedule { get; init; } = new ConstantSchedule();

    /// <summary>What is made small.</summary>
    public LossKind Loss { get; init; } = LossKind.CrossEntropy;

    /// <summary>[classes] Factor of each sample's loss by its class, or of the loss of each question's yes; null for 1.</summary>
    public IReadOnlyList<float>? ClassWeights { get; init; }

    /// <summary>Share of the target spread over all classes, cross-entropy only.</summary>
    public float LabelSmoothing { get; init; }

    /// <summary>Determines initial order, shuffling and dropout.</summary>
    public ulong Seed { get; init; }

    /// <summary>Threads at work; the result is the same for any number.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Stop after this many epochs without a better one on validation; 0 for never.</summary>
    public int Patience { get; init; }

    /// <summary>Bytes that training may take beside the samples; 0 for no limit. Where they do not suffice for all threads fewer are used,
    /// with the same result. See <see cref="MemoryPlan"/>.</summary>
    public long MemoryLimit { get; init; }

    /// <summary>The loss of classes as the tape takes it.</summary>
    internal ClassificationLoss ClassificationLoss => new()
    {
        FocalGamma = Loss == LossKind.Focal ? 2 : 0,
        ClassWeights = ClassWeights,
        LabelSmoothing = LabelSmoothing,
    };

    /// <summary>Checks all values.</summary>
    /// <exception cref="SettingException">One is out of range.</exception>
    internal void Validate(int classes)
    {
        if (Epochs < 1)
            throw new SettingException($"Training: {Epochs} epochs; at least 1 is needed.");
        if (BatchSize < 1)
            throw new SettingException($"Training: the batch size is {BatchSize}; it must be at least 1.");
        if (Threads < 1)
            throw new SettingException($"Training: {Threads} threads; at least 1 is needed.");
        if (!(LearningRate > 0 && float.IsFinite(LearningRate)))
            throw new SettingException($"Training: the learning rate is {LearningRate}; it must be above 0.");
        if (!(WeightDecay >= 0 && float.IsFinite(WeightDecay)))
            throw new SettingException($"Training: the weight decay is {WeightDecay}; it must be at least 0.");
        if (Patience < 0)
            throw new SettingException($"Training: the patience is {Patience}; it must be at least 0 (0: never stop early).");
        if (Accumulation < 1)
            throw new SettingException($"Training: {Accumulation} batches a step; at least 1 is needed.");
        if (!(Momentum >= 0 && Momentum < 1))
            throw new SettingException($"Training: the momentum is {Momentum}; it must be at least 0 and below 1.");
        if (!(ClipNorm >= 0 && float.IsFinite(ClipNorm)))
            throw new SettingException($"Training: gradients are clipped to a norm of {ClipNorm}; it must be at least 0 (0: never clip).");
        if (!(AverageDecay >= 0 && AverageDecay < 1))
            throw new SettingException($"Training: the decay of the weights' average is {AverageDecay}; it must be at least 0 (0: no average) and below 1.");
        if (MemoryLimit < 0)
            throw new SettingException($"Training: the memory limit is {MemoryLimit} bytes; it must be at least 0 (0: no limit).");
        if (Loss == LossKind.MeanSquaredError && ClassWeights is not null)
            throw new SettingException("Training: mean squared error has no class weights; leave them out.");
        if (LabelSmoothing > 0 && Loss is LossKind.BinaryCrossEntropy or LossKind.MeanSquaredError)
            throw new SettingException("Training: label smoothing is defined for cross-entropy only; set it to 0.");
        Schedule.Validate();
        ClassificationLoss.Validate(classes);
    }
}
