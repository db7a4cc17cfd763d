using System.Text.Json.Serialization;
using ImageSig.NN;

namespace ImageSig;

/// <summary>The JSON of <c>training</c>: of a recipe's settings those that format version 1 began with, and later ones where they are not at their default.</summary>
internal sealed record TrainingJson
{
    private static readonly TrainingOptions Untaught = new() { Epochs = 1, BatchSize = 1 };

    public required string Recipe { get; init; }

    public required string Optimizer { get; init; }

    public required float LearningRate { get; init; }

    public required float WeightDecay { get; init; }

    public required string Loss { get; init; }

    public required float LabelSmoothing { get; init; }

    public required int BatchSize { get; init; }

    public float? ClipNorm { get; init; }

    public int? Accumulation { get; init; }

    public float? AverageDecay { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public float WarmUp { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Teachers { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Members { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public float? TeacherShare { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public float? TeacherTemperature { get; init; }

    /// <summary>Those that ran.</summary>
    public required int Epochs { get; init; }

    [JsonPropertyName("bestEpoch")]
    public required int ChosenEpoch { get; init; }

    public required ulong Seed { get; init; }

    public required string Augmentations { get; init; }

    public required IReadOnlyList<int> TrainingImages { get; init; }

    public required IReadOnlyList<int> ValidationImages { get; init; }

    /// <summary>All training images and all validation images, where that is not the sum: of attributes.</summary>
    public int? TrainingTotal { get; init; }

    public int? ValidationTotal { get; init; }

    public required int UnreadableImages { get; init; }

    public double? ValidationAccuracy { get; init; }

    public double? ValidationBalancedAccuracy { get; init; }

    public double? ValidationLoss { get; init; }

    public double? CalibrationErrorBefore { get; init; }

    public double? CalibrationErrorAfter { get; init; }

    /// <param name="report">What there is to say.</param>
    /// <param name="isBrief">Whether to leave out what is at its default, and all digits of figures but four.</param>
    public static TrainingJson Of(TrainingReport report, bool isBrief = false) => new()
    {
        Recipe = report.Recipe,
        Optimizer = RecipeNames.Of(report.Options.Optimizer),
        LearningRate = report.Options.LearningRate,
        WeightDecay = report.Options.WeightDecay,
        Loss = RecipeNames.Of(report.Options.Loss),
        LabelSmoothing = report.Options.LabelSmoothing,
        BatchSize = report.Options.BatchSize,
        ClipNorm = isBrief && report.Options.ClipNorm == Untaught.ClipNorm ? null : report.Options.ClipNorm,
        Accumulation = isBrief && report.Options.Accumulation == Untaught.Accumulation ? null : report.Options.Accumulation,
        AverageDecay = isBrief && report.Options.AverageDecay == Untaught.AverageDecay ? null : report.Options.AverageDecay,
        WarmUp = report.Options.WarmUp,
        Teachers = report.Teachers.Count > 0 ? report.Teachers : null,
        Members = report.Members,
        TeacherShare = IsTaught(report) ? report.Options.TeacherShare : null,
        TeacherTemperature = IsTaught(report) ? report.Options.TeacherTemperature : null,
        Epochs = report.Epochs,
        ChosenEpoch = report.ChosenEpoch,
        Seed = report.Options.Seed,
        Augmentations = RecipeNames.Of(report.Augmentations),
        TrainingImages = report.TrainingImages,
        ValidationImages = report.ValidationImages,
        TrainingTotal = report.TrainingTotal == report.TrainingImages.Sum() ? null : report.TrainingTotal,
        ValidationTotal = report.ValidationTotal == report.ValidationImages.Sum() ? null : report.ValidationTotal,
        UnreadableImages = report.UnreadableImages,
        ValidationAccuracy = Figure(report.ValidationAccuracy, isBrief),
        ValidationBalancedAccuracy = Figure(report.ValidationBalancedAccuracy, isBrief),
        ValidationLoss = Figure(report.ValidationLoss, isBrief),
        CalibrationErrorBefore = Figure(report.CalibrationErrorBefore, isBrief),
        CalibrationErrorAfter = Figure(report.CalibrationErrorAfter, isBrief),
    };

    /// <exception cref="ImageSig.Tensors.SettingException">An optimizer, a loss or an augmentation is not known.</exception>
    public TrainingReport ToReport() => new()
    {
        Recipe = Recipe,
        Options = new TrainingOptions
        {
            Optimizer = RecipeNames.Optimizer(Optimizer),
            LearningRate = LearningRate,
            WeightDecay = WeightDecay,
            Loss = RecipeNames.Loss(Loss),
            LabelSmoothing = LabelSmoothing,
            BatchSize = BatchSize,
            ClipNorm = ClipNorm ?? Untaught.ClipNorm,
            Accumulation = Accumulation ?? Untaught.Accumulation,
            AverageDecay = AverageDecay ?? Untaught.AverageDecay,
            WarmUp = WarmUp,
            TeacherShare = TeacherShare ?? Untaught.TeacherShare,
            TeacherTemperature = TeacherTemperature ?? Untaught.TeacherTemperature,
            Epochs = Epochs,
            Seed = Seed,
        },
        Teachers = Teachers ?? [],
        Members = Members,
        Epochs = Epochs,
        ChosenEpoch = ChosenEpoch,
        Augmentations = RecipeNames.Augmentation(Augmentations),
        TrainingImages = TrainingImages,
        ValidationImages = ValidationImages,
        TrainingTotal = TrainingTotal ?? TrainingImages.Sum(),
        ValidationTotal = ValidationTotal ?? ValidationImages.Sum(),
        UnreadableImages = UnreadableImages,
        ValidationAccuracy = ValidationAccuracy,
        ValidationBalancedAccuracy = ValidationBalancedAccuracy,
        ValidationLoss = ValidationLoss,
        CalibrationErrorBefore = CalibrationErrorBefore,
        CalibrationErrorAfter = CalibrationErrorAfter,
    };

    private static double? Figure(double? value, bool isBrief) => isBrief && value is { } figure ? Math.Round(figure, 4) : value;

    private static bool IsTaught(TrainingReport report) => report.Teachers.Count > 0 || report.Members > 0;
}
