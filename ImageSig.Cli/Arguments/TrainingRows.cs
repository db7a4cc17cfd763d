using System.Globalization;
using ImageSig.NN;
using ImageSig.Tensors;

namespace ImageSig.Cli.Arguments;

/// <summary>The options that say how a network is trained.</summary>
internal static class TrainingRows
{
    public const int Megabyte = 1_000_000;

    /// <summary>In the help, of an option whose default <c>imagesig help recipes</c> tells.</summary>
    public const string OfRecipe = " [default: the recipe's]";

    /// <summary>What a number of megabytes may be.</summary>
    public static Bounds Megabytes { get; } = Bounds.Whole(0, (long)TrainingOptions.MemoryLimitBounds.Max / Megabyte);

    /// <summary>The steps and what they make small.</summary>
    public static IReadOnlyList<Row<TSettings>> Of<TSettings>(Rows<TSettings, TrainingOptions> training) =>
    [
        training.Whole(
            "--epochs", TrainingOptions.EpochBounds, "Passes over the training images" + OfRecipe,
            options => options.Epochs, (options, value) => options with { Epochs = value }),
        training.Whole(
            "--batch-size", TrainingOptions.BatchSizeBounds, "Images per batch" + OfRecipe,
            options => options.BatchSize, (options, value) => options with { BatchSize = value }),
        training.Choice(
            "--optimizer", "Optimizer; sgd has a momentum of 0.9" + OfRecipe, Enum.GetValues<OptimizerKind>(), RecipeNames.Of,
            options => options.Optimizer, (options, value) => options with { Optimizer = value }),
        training.Number(
            "--learning-rate", TrainingOptions.LearningRateBounds, "Step size of the optimizer" + OfRecipe,
            options => options.LearningRate, (options, value) => options with { LearningRate = (float)value }),
        training.Number(
            "--warm-up", TrainingOptions.WarmUpBounds, "Share of the steps in which the learning rate rises from 0, before its schedule begins [default: 0, none; with --fine-tune 0.1]",
            options => options.WarmUp, (options, value) => options with { WarmUp = (float)value }),
        training.Number(
            "--weight-decay", TrainingOptions.WeightDecayBounds, "Decay of the weights: decoupled with adamw, else added to the gradient" + OfRecipe,
            options => options.WeightDecay, (options, value) => options with { WeightDecay = (float)value }),
        training.Number(
            "--clip-norm", TrainingOptions.ClipNormBounds, "Longest gradient of a step; a longer one is scaled down [default: 0, no limit]",
            options => options.ClipNorm, (options, value) => options with { ClipNorm = (float)value }),
        training.Whole(
            "--accumulate", TrainingOptions.AccumulationBounds, "Batches whose gradients make one step: large steps in little memory [default: 1]",
            options => options.Accumulation, (options, value) => options with { Accumulation = value }),
        training.Number(
            "--average", TrainingOptions.AverageDecayBounds, "Decay of a running average of the weights, which is then what is measured and kept [default: 0, none]",
            options => options.AverageDecay, (options, value) => options with { AverageDecay = (float)value }),
        training.Whole(
            "--patience", TrainingOptions.PatienceBounds, "End after so many epochs without a better one on the images held back [default: 0, never]",
            options => options.Patience, (options, value) => options with { Patience = value }),
        training.Choice(
            "--loss", "Loss; both weigh rare classes up" + OfRecipe, (IReadOnlyList<LossKind>)[LossKind.Focal, LossKind.CrossEntropy], RecipeNames.Of, options => options.Loss,
            // A recipe's smoothing belongs to its cross-entropy; one that is asked for beside the focal loss, by the next row, is refused.
            (options, value) => options with { Loss = value, LabelSmoothing = value == LossKind.Focal ? 0 : options.LabelSmoothing }),
        training.Number(
            "--label-smoothing", TrainingOptions.LabelSmoothingBounds, "Share of each target spread over all classes, for cross-entropy" + OfRecipe,
            options => options.LabelSmoothing, (options, value) => options with { LabelSmoothing = (float)value }),
    ];

    /// <summary>How much teachers count.</summary>
    public static IReadOnlyList<Row<TSettings>> OfTeachers<TSettings>(Rows<TSettings, TrainingOptions> training) =>
    [
        training.Number(
            "--teacher-share", TrainingOptions.TeacherShareBounds, "Share of the teachers' answers in the loss, beside the labels' [default: 0.7]",
            options => options.TeacherShare, (options, value) => options with { TeacherShare = (float)value }).ForTeachers(),
        training.Number(
            "--temperature", TrainingOptions.TeacherTemperatureBounds, "What the scores of teachers and model are divided by for that: the higher, the softer the answers [default: 2]",
            options => options.TeacherTemperature, (options, value) => options with { TeacherTemperature = (float)value }).ForTeachers(),
    ];

    /// <summary>Chance, threads and memory.</summary>
    public static IReadOnlyList<Row<TSettings>> OfMachine<TSettings>(Rows<TSettings, TrainingOptions> training) =>
    [
        training.Of(
            OptionKinds.Seed("Decides split, initial weights and order: the same seed gives the same model file [default: 1]"),
            options => options.Seed, (options, value) => options with { Seed = value }, seed => seed.ToString(CultureInfo.InvariantCulture)),
        training.Of(
            OptionKinds.Threads(), options => options.Threads, (options, value) => options with { Threads = value },
            threads => threads.ToString(CultureInfo.InvariantCulture)),
        training.Whole(
            "--training-memory", Megabytes, "Megabytes that training may take beside the images; where they do not suffice for all threads, fewer work [default: 0, no limit]",
            options => (int)(options.MemoryLimit / Megabyte), (options, value) => options with { MemoryLimit = (long)value * Megabyte }),
    ];
}
