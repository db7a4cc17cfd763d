namespace ImageSig;

public sealed partial class ImageClassifier
{
    /// <summary>Trains a model on a folder with one sub-folder of images per class.</summary>
    /// <param name="folder">The data set; unreadable files are listed in the result, not fatal.</param>
    /// <param name="recipe">Settings; <see cref="TrainingRecipe.Named"/> where null.</param>
    /// <param name="progress">Told at most ten times a second.</param>
    /// <param name="checkpoint">Where to keep what is needed to go on after an interruption; nowhere if null.</param>
    /// <param name="cancellation">Ends the work early with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="DatasetException">The folder is no data set: missing, fewer than two classes, a class without readable images.</exception>
    /// <exception cref="ArgumentException">A setting is out of its bounds, or the images are too small for the architecture.</exception>
    public static Task<ImageClassifier> TrainAsync(
        string folder, TrainingRecipe? recipe = null, IProgress<PipelineProgress>? progress = null,
        CheckpointOptions? checkpoint = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(folder);
        recipe ??= TrainingRecipe.Named();
        recipe.Check();
        return Task.Run(() => Train(folder, recipe, checkpoint, progress, cancellation), cancellation);
    }

    private static ImageClassifier Train(
        string folder, TrainingRecipe recipe, CheckpointOptions? checkpoint, IProgress<PipelineProgress>? progress, CancellationToken cancellation)
    {
        TrainingSession session = new(folder, recipe, checkpoint, progress, cancellation);
        (ModelFile file, TrainingRun run) = session.Run();
        ImageClassifier classifier = new(file, run);
        if (session.ValidationImages.Count == 0)
            return classifier;
        Evaluation validation = classifier.Evaluate(
            session.ValidationImages, [], TimeSpan.Zero, recipe.Threads, progress, cancellation);
        return new ImageClassifier(file, run with { Validation = validation });
    }
}
