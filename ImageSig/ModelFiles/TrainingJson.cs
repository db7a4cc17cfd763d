using System.Text.Json;
using ImageSig.NN;

namespace ImageSig;

/// <summary>The JSON of <c>training</c>: of a recipe's settings those that format version 1 began with, and later ones where they are not at their default.</summary>
internal static class TrainingJson
{
    private static readonly TrainingOptions Untaught = new() { Epochs = 1, BatchSize = 1 };

    /// <param name="report">What there is to say.</param>
    /// <param name="isBrief">Whether to leave out what is at its default, and all digits of figures but four.</param>
    public static JsonMembers Members(TrainingReport report, bool isBrief = false)
    {
        TrainingOptions options = report.Options;
        bool isTaught = report.Teachers.Count > 0 || report.Members > 0;
        return new(
            ("recipe", report.Recipe),
            ("optimizer", RecipeNames.Of(options.Optimizer)),
            ("learningRate", options.LearningRate),
            ("weightDecay", options.WeightDecay),
            ("loss", RecipeNames.Of(options.Loss)),
            ("labelSmoothing", options.LabelSmoothing),
            ("batchSize", options.BatchSize),
            ("clipNorm", isBrief && options.ClipNorm == Untaught.ClipNorm ? null : options.ClipNorm),
            ("accumulation", isBrief && options.Accumulation == Untaught.Accumulation ? null : options.Accumulation),
            ("averageDecay", isBrief && options.AverageDecay == Untaught.AverageDecay ? null : options.AverageDecay),
            ("?warmUp", options.WarmUp == 0 ? null : options.WarmUp),
            ("?teachers", report.Teachers.Count > 0 ? report.Teachers : null),
            ("?members", report.Members == 0 ? null : report.Members),
            ("?teacherShare", isTaught ? options.TeacherShare : null),
            ("?teacherTemperature", isTaught ? options.TeacherTemperature : null),
            // Those that ran.
            ("epochs", report.Epochs),
            ("bestEpoch", report.ChosenEpoch),
            ("seed", options.Seed),
            ("augmentations", RecipeNames.Of(report.Augmentations)),
            ("trainingImages", report.TrainingImages),
            ("validationImages", report.ValidationImages),
            // All training images and all validation images, where that is not the sum: of attributes.
            ("trainingTotal", report.TrainingTotal == report.TrainingImages.Sum() ? null : report.TrainingTotal),
            ("validationTotal", report.ValidationTotal == report.ValidationImages.Sum() ? null : report.ValidationTotal),
            ("unreadableImages", report.UnreadableImages),
            ("validationAccuracy", Figure(report.ValidationAccuracy, isBrief)),
            ("validationBalancedAccuracy", Figure(report.ValidationBalancedAccuracy, isBrief)),
            ("validationLoss", Figure(report.ValidationLoss, isBrief)),
            ("calibrationErrorBefore", Figure(report.CalibrationErrorBefore, isBrief)),
            ("calibrationErrorAfter", Figure(report.CalibrationErrorAfter, isBrief)));
    }

    /// <exception cref="System.Text.Json.JsonException">It is not what this format holds.</exception>
    /// <exception cref="ImageSig.Tensors.SettingException">An optimizer, a loss or an augmentation is not known.</exception>
    public static TrainingReport Read(JsonFields json)
    {
        int epochs = json.Whole("epochs");
        IReadOnlyList<int> training = json.Wholes("trainingImages"), validation = json.Wholes("validationImages");
        int trainingSum = Total(training), validationSum = Total(validation);
        return new TrainingReport
        {
            Recipe = json.Text("recipe"),
            Options = new TrainingOptions
            {
                Optimizer = RecipeNames.Optimizer(json.Text("optimizer")),
                LearningRate = json.Single("learningRate"),
                WeightDecay = json.Single("weightDecay"),
                Loss = RecipeNames.Loss(json.Text("loss")),
                LabelSmoothing = json.Single("labelSmoothing"),
                BatchSize = json.Whole("batchSize"),
                ClipNorm = json.SingleIfAny("clipNorm") ?? Untaught.ClipNorm,
                Accumulation = json.WholeIfAny("accumulation") ?? Untaught.Accumulation,
                AverageDecay = json.SingleIfAny("averageDecay") ?? Untaught.AverageDecay,
                WarmUp = json.SingleIfAny("warmUp") ?? 0,
                TeacherShare = json.SingleIfAny("teacherShare") ?? Untaught.TeacherShare,
                TeacherTemperature = json.SingleIfAny("teacherTemperature") ?? Untaught.TeacherTemperature,
                Epochs = epochs,
                Seed = json.Seed("seed"),
            },
            Teachers = json.TextsIfAny("teachers") ?? [],
            Members = json.WholeIfAny("members") ?? 0,
            Epochs = epochs,
            ChosenEpoch = json.Whole("bestEpoch"),
            Augmentations = RecipeNames.Augmentation(json.Text("augmentations")),
            TrainingImages = training,
            ValidationImages = validation,
            TrainingTotal = json.WholeIfAny("trainingTotal") ?? trainingSum,
            ValidationTotal = json.WholeIfAny("validationTotal") ?? validationSum,
            UnreadableImages = json.Whole("unreadableImages"),
            ValidationAccuracy = json.NumberIfAny("validationAccuracy"),
            ValidationBalancedAccuracy = json.NumberIfAny("validationBalancedAccuracy"),
            ValidationLoss = json.NumberIfAny("validationLoss"),
            CalibrationErrorBefore = json.NumberIfAny("calibrationErrorBefore"),
            CalibrationErrorAfter = json.NumberIfAny("calibrationErrorAfter"),
        };
    }

    private static int Total(IReadOnlyList<int> counts)
    {
        long total = counts.Sum(count => (long)count);
        return total <= int.MaxValue ? (int)total : throw new JsonException($"{total} images are more than a training takes");
    }

    private static double? Figure(double? value, bool isBrief) => isBrief && value is { } figure ? Math.Round(figure, 4) : value;
}
