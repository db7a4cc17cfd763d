using System.Text.Json;
using ImageSig.NN;

namespace ImageSig;

/// <summary>The JSON of all options of a training, as fingerprints hold it.</summary>
internal static class TrainingOptionsJson
{
    public static JsonMembers Members(TrainingOptions options) => new(
        ("epochs", options.Epochs), ("batchSize", options.BatchSize), ("accumulation", options.Accumulation), ("optimizer", options.Optimizer.ToString()),
        ("learningRate", options.LearningRate), ("weightDecay", options.WeightDecay), ("momentum", options.Momentum), ("clipNorm", options.ClipNorm),
        ("averageDecay", options.AverageDecay), ("schedule", Members(options.Schedule)), ("warmUp", options.WarmUp), ("loss", options.Loss.ToString()),
        ("classWeights", options.ClassWeights), ("labelSmoothing", options.LabelSmoothing), ("teacherShare", options.TeacherShare),
        ("teacherTemperature", options.TeacherTemperature), ("seed", options.Seed), ("threads", options.Threads), ("patience", options.Patience),
        ("memoryLimit", options.MemoryLimit));

    /// <summary>What is not there is at its default.</summary>
    /// <exception cref="JsonException">It is not what this version writes.</exception>
    public static TrainingOptions Read(JsonFields json)
    {
        TrainingOptions defaults = new() { Epochs = json.Whole("epochs"), BatchSize = json.Whole("batchSize") };
        return defaults with
        {
            Accumulation = json.WholeIfAny("accumulation") ?? defaults.Accumulation,
            Optimizer = json.ChoiceIfAny<OptimizerKind>("optimizer") ?? defaults.Optimizer,
            LearningRate = json.SingleIfAny("learningRate") ?? defaults.LearningRate,
            WeightDecay = json.SingleIfAny("weightDecay") ?? defaults.WeightDecay,
            Momentum = json.SingleIfAny("momentum") ?? defaults.Momentum,
            ClipNorm = json.SingleIfAny("clipNorm") ?? defaults.ClipNorm,
            AverageDecay = json.SingleIfAny("averageDecay") ?? defaults.AverageDecay,
            Schedule = json.ObjectIfAny("schedule", ReadSchedule) ?? defaults.Schedule,
            WarmUp = json.SingleIfAny("warmUp") ?? defaults.WarmUp,
            Loss = json.ChoiceIfAny<LossKind>("loss") ?? defaults.Loss,
            ClassWeights = json.SinglesIfAny("classWeights"),
            LabelSmoothing = json.SingleIfAny("labelSmoothing") ?? defaults.LabelSmoothing,
            TeacherShare = json.SingleIfAny("teacherShare") ?? defaults.TeacherShare,
            TeacherTemperature = json.SingleIfAny("teacherTemperature") ?? defaults.TeacherTemperature,
            Seed = json.SeedIfAny("seed") ?? defaults.Seed,
            Threads = json.WholeIfAny("threads") ?? defaults.Threads,
            Patience = json.WholeIfAny("patience") ?? defaults.Patience,
            MemoryLimit = json.LongIfAny("memoryLimit") ?? defaults.MemoryLimit,
        };
    }

    private static JsonMembers Members(LearningRateSchedule schedule) => schedule switch
    {
        ConstantSchedule => new(("$type", "constant")),
        CosineSchedule => new(("$type", "cosine")),
        StepSchedule step => new(("$type", "step"), ("epochs", step.Epochs), ("fall", step.Fall)),
        PlateauSchedule plateau => new(("$type", "plateau"), ("patience", plateau.Patience), ("fall", plateau.Fall), ("min", plateau.Min)),
        _ => throw new NotSupportedException($"{schedule.GetType()} has no form in JSON here."),
    };

    private static LearningRateSchedule ReadSchedule(JsonFields json) => json.Text("$type") switch
    {
        "constant" => new ConstantSchedule(),
        "cosine" => new CosineSchedule(),
        "step" => new StepSchedule(json.Whole("epochs"), json.Single("fall")),
        "plateau" => new PlateauSchedule(json.Whole("patience"), json.Single("fall"), json.Single("min")),
        string unknown => throw new JsonException($"there is no schedule '{unknown}'"),
    };
}
