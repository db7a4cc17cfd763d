namespace ImageSig.Tests.Pipeline.Kinds;

/// <summary>A training of a second.</summary>
internal static class Small
{
    public static TrainingRecipe Recipe { get; } = TrainingRecipe.Named("default", "conv").WithTraining(options => options with { Epochs = 6, BatchSize = 8, Threads = 2 }) with
    {
        Features = new() { Width = 20, Height = 20, Depth = 2, Basepoint = true, Standardize = true },
        Augmentations = ImageAugmentations.None,
    };
}
