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

/// <summary>How to train. Together with the data and the seed it determines every bit of the result; the threads do not. Beside each number stands what
/// it may be: what <see cref="Check()"/> holds it to, and what the command line offers.</summary>
public sealed record TrainingOptions
{
    /// <summary>Passes over the training samples.</summary>
    public required int Epochs { get; init; }

    /// <summary>What <see cref="Epochs"/> may be.</summary>
    public static Bounds EpochBounds { get; } = Bounds.Whole(1, 1_000_000);

    /// <summary>The most samples of a batch. The batches of an epoch are as equal as can be: 129 samples in batches of 64 are three of 43.</summary>
    public required int BatchSize { get; init; }

    /// <summary>What <see cref="BatchSize"/> may be.</summary>
    public static Bounds BatchSizeBounds { get; } = Bounds.Whole(1, 1_000_000);

    /// <summary>Batches whose gradients are added up for one step: as good as a batch that many times as large, in the memory of one.</summary>
    public int Accumulation { get; init; } = 1;

    /// <summary>What <see cref="Accumulation"/> may be.</summary>
    public static Bounds AccumulationBounds { get; } = Bounds.Whole(1, 1_000_000);

    /// <summary>Adam, AdamW or gradient descent with momentum.</summary>
    public OptimizerKind Optimizer { get; init; } = OptimizerKind.Adam;

    /// <summary>Step size before the schedule's factor.</summary>
    public float LearningRate { get; init; } = 0.001f;

    /// <summary>What <see cref="LearningRate"/> may be.</summary>
    public static Bounds LearningRateBounds { get; } = Bounds.Number(0, 10) with { ExcludesMin = true };

    /// <summary>Weight decay, 0 for none: decoupled with AdamW, else added to the gradient.</summary>
    public float WeightDecay { get; init; }

    /// <summary>What <see cref="WeightDecay"/> may be.</summary>
    public static Bounds WeightDecayBounds { get; } = Bounds.Number(0, 10);

    /// <summary>μ of gradient descent, in [0, 1).</summary>
    public float Momentum { get; init; } = 0.9f;

    /// <summary>What <see cref="Momentum"/> may be.</summary>
    public static Bounds MomentumBounds => Bounds.Share;

    /// <summary>The largest norm of a step's gradient, over all weights together: a longer one is scaled down to it. 0 for no limit.</summary>
    public float ClipNorm { get; init; }

    /// <summary>What <see cref="ClipNorm"/> may be.</summary>
    public static Bounds ClipNormBounds { get; } = Bounds.Number(1e-6, 1e6) with { AllowsZero = true };

    /// <summary>d of the running average of the weights, <c>a ← d · a + (1 − d) · w</c> after every step, which is then what is
    /// validated and kept. In [0, 1); 0 for none. In the first steps d is at most <c>(1 + t) / (10 + t)</c>. Running statistics are averaged with
    /// the weights, and not measured anew for them.</summary>
    public float AverageDecay { get; init; }

    /// <summary>What <see cref="AverageDecay"/> may be.</summary>
    public static Bounds AverageDecayBounds => Bounds.Share;

    /// <summary>How the step size changes over time, behind the warm-up.</summary>
    public LearningRateSchedule Schedule { get; init; } = new ConstantSchedule();

    /// <summary>Share of all steps in which the learning rate rises in a straight line, from nearly 0 to its value, before the schedule begins; in [0, 1), 0 for
    /// none. With W the warm-up's steps, a whole number or not, step t from 0 has <c>(t + 1) / (⌊W⌋ + 1)</c> of the rate while t &lt; W.</summary>
    public float WarmUp { get; init; }

    /// <summary>What <see cref="WarmUp"/> may be.</summary>
    public static Bounds WarmUpBounds => Bounds.Share;

    /// <summary>What is made small.</summary>
    public LossKind Loss { get; init; } = LossKind.CrossEntropy;

    /// <summary>[classes] Factor of each sample's loss by its class, or of the loss of each question's yes; null for 1.</summary>
    public IReadOnlyList<float>? ClassWeights { get; init; }

    /// <summary>Share of the target spread over all classes, cross-entropy only.</summary>
    public float LabelSmoothing { get; init; }

    /// <summary>What <see cref="LabelSmoothing"/> may be.</summary>
    public static Bounds LabelSmoothingBounds => ClassificationLoss.LabelSmoothingBounds;

    /// <summary>Share s of the teachers' answers in the loss, where samples have some (<see cref="ITaughtSource"/>): <c>s T² KL(teachers ‖ model) + (1 − s) loss</c>.
    /// From 0 to 1.</summary>
    public float TeacherShare { get; init; } = 0.7f;

    /// <summary>What <see cref="TeacherShare"/> may be.</summary>
    public static Bounds TeacherShareBounds { get; } = Bounds.Number(0, 1);

    /// <summary>T, by which the scores of teachers and model are divided before the softmax of that loss: the higher, the more is learned of what
    /// teachers hold for unlikely.</summary>
    public float TeacherTemperature { get; init; } = 2;

    /// <summary>What <see cref="TeacherTemperature"/> may be.</summary>
    public static Bounds TeacherTemperatureBounds { get; } = Bounds.Number(0.1, 100);

    /// <summary>Determines initial order, shuffling and dropout.</summary>
    public ulong Seed { get; init; }

    /// <summary>Threads at work; the result is the same for any number.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>What <see cref="Threads"/> may be.</summary>
    public static Bounds ThreadBounds { get; } = Bounds.Whole(1, 1024);

    /// <summary>Stop after this many epochs without a better one on validation; 0 for never.</summary>
    public int Patience { get; init; }

    /// <summary>What <see cref="Patience"/> may be.</summary>
    public static Bounds PatienceBounds { get; } = Bounds.Whole(0, 1_000_000);

    /// <summary>Bytes that training may take beside the samples; 0 for no limit. Where they do not suffice for all threads fewer are used,
    /// with the same result. See <see cref="MemoryPlan"/>.</summary>
    public long MemoryLimit { get; init; }

    /// <summary>What <see cref="MemoryLimit"/> may be.</summary>
    public static Bounds MemoryLimitBounds { get; } = Bounds.Whole(0, 1_000_000_000_000);

    /// <summary>The loss of classes as the tape takes it.</summary>
    internal ClassificationLoss ClassificationLoss => new()
    {
        FocalGamma = Loss == LossKind.Focal ? 2 : 0,
        ClassWeights = ClassWeights,
        LabelSmoothing = LabelSmoothing,
    };

    /// <summary>What the learning rate is multiplied with in the next step.</summary>
    /// <param name="point">Counted from the first step, the warm-up included.</param>
    internal double RateFactor(SchedulePoint point)
    {
        double warm = WarmUp * point.Steps;
        return point.Done < warm
            ? (point.Done + 1) / (Math.Floor(warm) + 1)
            : Schedule.Factor(point with { Done = point.Done - warm, Steps = point.Steps - warm });
    }

    /// <summary>Throws unless every value is in bounds, and they go together.</summary>
    /// <exception cref="SettingException">The message names the value and the bounds.</exception>
    public void Check()
    {
        EpochBounds.Check("Training: the number of epochs", Epochs);
        BatchSizeBounds.Check("Training: the batch size", BatchSize);
        AccumulationBounds.Check("Training: the number of batches to a step", Accumulation);
        LearningRateBounds.Check("Training: the learning rate", LearningRate);
        WeightDecayBounds.Check("Training: the weight decay", WeightDecay);
        MomentumBounds.Check("Training: the momentum", Momentum);
        ClipNormBounds.Check("Training: the longest gradient", ClipNorm);
        AverageDecayBounds.Check("Training: the decay of the weights' average", AverageDecay);
        WarmUpBounds.Check("Training: the warm-up", WarmUp);
        LabelSmoothingBounds.Check("Training: the label smoothing", LabelSmoothing);
        TeacherShareBounds.Check("Training: the teachers' share", TeacherShare);
        TeacherTemperatureBounds.Check("Training: the teachers' temperature", TeacherTemperature);
        ThreadBounds.Check("Training: the number of threads", Threads);
        PatienceBounds.Check("Training: the patience", Patience);
        MemoryLimitBounds.Check("Training: the memory limit", MemoryLimit);
        if (!Enum.IsDefined(Loss) || !Enum.IsDefined(Optimizer))
            throw new SettingException($"Training: loss {(int)Loss} and optimizer {(int)Optimizer} were given; there are the losses {string.Join(", ", Enum.GetNames<LossKind>())} and the optimizers {string.Join(", ", Enum.GetNames<OptimizerKind>())}.");
        if (Schedule is null)
            throw new SettingException("Training: there is no schedule; new ConstantSchedule() leaves the learning rate as it is.");
        if (Loss == LossKind.MeanSquaredError && ClassWeights is not null)
            throw new SettingException("Training: mean squared error has no class weights; leave them out.");
        if (LabelSmoothing > 0 && Loss != LossKind.CrossEntropy)
            throw new SettingException("Training: label smoothing is defined for cross-entropy only; set it to 0.");
        Schedule.Check();
    }

    /// <summary>The same, and that there is a weight for each of so many classes, or none.</summary>
    internal void Check(int classes)
    {
        Check();
        ClassificationLoss.Check(classes);
    }
}
