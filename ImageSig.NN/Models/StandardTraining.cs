namespace ImageSig.NN;

/// <summary>What most kinds of networks are trained with; a kind says what is different for it.</summary>
internal static class StandardTraining
{
    /// <summary>What we found to work best.</summary>
    public static TrainingOptions Default { get; } = new()
    {
        Epochs = 30,
        BatchSize = 64,
        Optimizer = OptimizerKind.AdamW,
        LearningRate = 0.001f,
        WeightDecay = 0.01f,
        Schedule = new CosineSchedule(),
        Loss = LossKind.CrossEntropy,
    };

    /// <summary>The same for grid and cnn, which see pixels changed anew in every epoch: there is more to see in more epochs.</summary>
    public static TrainingOptions OfPixels { get; } = Default with { LearningRate = 0.002f, Epochs = 48 };

    /// <summary>That of Ibrahim &amp; Lyons, 2022.</summary>
    public static TrainingOptions Paper { get; } = new()
    {
        Epochs = 300,
        BatchSize = 3000,
        Optimizer = OptimizerKind.Adam,
        LearningRate = 0.001f,
        Loss = LossKind.Focal,
    };
}
