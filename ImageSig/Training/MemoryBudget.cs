using System.Globalization;
using ImageSig.NN;
using ImageSig.Tensors;

namespace ImageSig;

/// <summary>How the memory of a training is shared out. What memory does not hold is on the disk, with the same bits.</summary>
/// <param name="Pictures">Bytes for pictures; null where nothing is said.</param>
/// <param name="Features">Bytes for features.</param>
/// <param name="Training">Bytes for the steps; 0 for no limit.</param>
internal sealed record MemoryBudget(long? Pictures, long Features, long Training)
{
    /// <summary>What comes to the program as it was before the training: compiled code, objects that wait for being collected.</summary>
    private const long Growth = 80_000_000;

    /// <summary>Names, places in lists, hashes, order of the samples.</summary>
    private const long PerImage = 400;

    /// <summary>Shares out what a recipe allows.</summary>
    /// <param name="recipe">Its <see cref="TrainingRecipe.Memory"/> is for everything, the program included.</param>
    /// <param name="model">The network.</param>
    /// <param name="images">How many images there are to train on.</param>
    /// <param name="validation">How many choose the epoch.</param>
    /// <param name="before">Bytes that the program took before the first of several trainings, so that each of them may take the same; what the one before left is given back. Null of a single
    /// training, for which it is measured now.</param>
    /// <exception cref="SettingException">Program or steps need more.</exception>
    public static MemoryBudget Of(TrainingRecipe recipe, Model model, int images, int validation, long? before = null)
    {
        if (recipe.Memory == 0)
            return new(null, recipe.FeatureMemory, recipe.Training.MemoryLimit);
        if (before is not null)
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        long program = (before ?? Environment.WorkingSet) + Growth + (PerImage * (images + validation));
        if (program >= recipe.Memory)
            throw new SettingException(string.Create(
                CultureInfo.InvariantCulture,
                $"Training: {recipe.Memory / 1e6:0} MB of memory were given, and the program itself takes {program / 1e6:0} MB; give more."));
        long left = recipe.Memory - program;
        long steps = recipe.Training.MemoryLimit == 0 ? left : Math.Min(left, recipe.Training.MemoryLimit);
        // Without a set of their own, those that choose the epoch are some of the images.
        int judges = validation > 0 ? validation : (int)Math.Ceiling(images * recipe.Validation);
        left -= MemoryPlan.Within(model, AugmentedImages.SamplesOf(images, recipe.Augmentations), judges, recipe.Training with { MemoryLimit = steps }).TotalBytes;
        long pictures = Math.Min(left, 3L * recipe.Features.Width * recipe.Features.Height * (images + validation));
        return new(pictures, Math.Min(left - pictures, recipe.FeatureMemory), steps);
    }
}
