using ImageSig.Checking;

namespace ImageSig;

public sealed partial class ImageClassifier
{
    /// <summary>Trains a model on the data set at a path: a folder with one sub-folder of images per class, a folder of splits (<see cref="ImageSplits"/>),
    /// or another kind of set that <see cref="ImageSet.Open"/> knows.</summary>
    /// <param name="path">The data set; unreadable files are listed in the outcome, not fatal.</param>
    /// <param name="recipe">Settings; <see cref="TrainingRecipe.Named"/> where null.</param>
    /// <param name="progress">Told at most ten times a second.</param>
    /// <param name="checkpoint">Where to keep what is needed to go on after an interruption; nowhere if null.</param>
    /// <param name="cancellationToken">Ends the work early with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="DatasetException">There is no data set: missing, fewer than two classes, a class without readable images.</exception>
    /// <exception cref="Tensors.SettingException">A setting is out of its bounds, the images are too small for the architecture, or the memory limit is too low.</exception>
    /// <exception cref="ModelFileException">A checkpoint is there that this training was not told to go on from, or one that it cannot go on from.</exception>
    /// <exception cref="NN.TrainingException">Loss or weights became infinite or not a number.</exception>
    /// <exception cref="IOException">Another training keeps its checkpoint in the same file.</exception>
    public static TrainingOutcome Train(
        string path, TrainingRecipe? recipe = null, IProgress<PipelineProgress>? progress = null,
        CheckpointOptions? checkpoint = null, CancellationToken cancellationToken = default)
    {
        ImageSplits splits = ImageSplits.Open(path).ToTrainOn();
        return Train(splits.Training, recipe, splits.Validation, progress, checkpoint, cancellationToken);
    }

    /// <summary>Trains a model on a set of images.</summary>
    /// <param name="training">Images of at least two classes; unreadable ones are listed in the outcome, not fatal.</param>
    /// <param name="recipe">Settings; <see cref="TrainingRecipe.Named"/> where null.</param>
    /// <param name="validation">Images of the same classes that choose the epoch; where null, the recipe's share of the training images is held back for that.</param>
    /// <param name="progress">Told at most ten times a second.</param>
    /// <param name="checkpoint">Where to keep what is needed to go on after an interruption; nowhere if null.</param>
    /// <param name="cancellationToken">Ends the work early with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="DatasetException">The set cannot be trained on: fewer than two classes, a class without readable images.</exception>
    /// <exception cref="Tensors.SettingException">A setting is out of its bounds, the images are too small for the architecture, or the memory limit is too low.</exception>
    /// <exception cref="ModelFileException">A checkpoint is there that this training was not told to go on from, or one that it cannot go on from.</exception>
    /// <exception cref="NN.TrainingException">Loss or weights became infinite or not a number.</exception>
    /// <exception cref="IOException">Another training keeps its checkpoint in the same file.</exception>
    public static TrainingOutcome Train(
        ImageSet training, TrainingRecipe? recipe = null, ImageSet? validation = null, IProgress<PipelineProgress>? progress = null,
        CheckpointOptions? checkpoint = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(training);
        return Train(training, recipe ?? TrainingRecipe.Named(), validation, progress, checkpoint, before: null, cancellationToken);
    }

    /// <summary>The same for one of several trainings.</summary>
    /// <param name="training">As above.</param>
    /// <param name="recipe">Settings.</param>
    /// <param name="validation">As above.</param>
    /// <param name="progress">Told at most ten times a second.</param>
    /// <param name="checkpoint">As above.</param>
    /// <param name="before">Bytes that the program took before the first of them; null where this is the first and only one.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    internal static TrainingOutcome Train(
        ImageSet training, TrainingRecipe recipe, ImageSet? validation, IProgress<PipelineProgress>? progress, CheckpointOptions? checkpoint, long? before,
        CancellationToken cancellationToken)
    {
        using TrainingLock? alone = checkpoint is null ? null : TrainingLock.Take(checkpoint.Path);
        using TrainingSession session = new(training, validation, recipe, checkpoint, before, progress, cancellationToken);
        (ModelFile file, NN.TrainingSummary summary, IReadOnlyList<UnreadableImage> unreadable, CheckpointFile? kept, StageTimes times) = session.Run();
        ImageClassifier classifier = new(file) { PictureMemory = session.Budget.Pictures };
        Evaluation? judged = session.ValidationImages.Count == 0
            ? null
            : classifier.Evaluate(session.ValidationImages, [], TimeSpan.Zero, recipe.Training.Threads, progress, cancellationToken);
        PictureIndex pictures = new(session.TrainingImages, cancellationToken);
        return new TrainingOutcome(classifier, summary, judged, unreadable, times)
        {
            Pictures = pictures,
            ValidationImages = [.. session.ValidationImages.Select(image => image.Unloaded())],
            Findings = QuickCheck.Of(pictures),
            WithOneAnswer = classifier.HasAttributes ? OneAnswer.Of(classifier.Classes, session.TrainingImages) : [],
            UnderTwoLabels = pictures.UnderTwoLabels(),
            Checkpoint = kept,
            Last = session.Last is { } last ? last == file ? classifier : new ImageClassifier(last) : null,
        };
    }

    /// <summary><see cref="Train(string, TrainingRecipe?, IProgress{PipelineProgress}?, CheckpointOptions?, CancellationToken)"/> on other threads than the caller's.</summary>
    /// <inheritdoc cref="Train(string, TrainingRecipe?, IProgress{PipelineProgress}?, CheckpointOptions?, CancellationToken)"/>
    public static Task<TrainingOutcome> TrainAsync(
        string path, TrainingRecipe? recipe = null, IProgress<PipelineProgress>? progress = null,
        CheckpointOptions? checkpoint = null, CancellationToken cancellationToken = default) =>
        Task.Run(() => Train(path, recipe, progress, checkpoint, cancellationToken), cancellationToken);

    /// <summary><see cref="Train(ImageSet, TrainingRecipe?, ImageSet?, IProgress{PipelineProgress}?, CheckpointOptions?, CancellationToken)"/> on other threads
    /// than the caller's.</summary>
    /// <inheritdoc cref="Train(ImageSet, TrainingRecipe?, ImageSet?, IProgress{PipelineProgress}?, CheckpointOptions?, CancellationToken)"/>
    public static Task<TrainingOutcome> TrainAsync(
        ImageSet training, TrainingRecipe? recipe = null, ImageSet? validation = null, IProgress<PipelineProgress>? progress = null,
        CheckpointOptions? checkpoint = null, CancellationToken cancellationToken = default) =>
        Task.Run(() => Train(training, recipe, validation, progress, checkpoint, cancellationToken), cancellationToken);
}
