using System.Diagnostics;
using ImageSig.NN;

namespace ImageSig;

public sealed partial class ImageClassifier
{
    /// <summary>Classifies every image of the data set at a path and compares.</summary>
    /// <param name="path">A folder with sub-folders named as the model's classes (not all of them need be there), or what else <see cref="ImageSplits.Open"/> knows; of
    /// several splits the one to test on.</param>
    /// <param name="threads">Threads to use; all cores where null.</param>
    /// <param name="progress">Told at most ten times a second.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <exception cref="DatasetException">There is no data set, or it holds a class that the model does not know.</exception>
    /// <exception cref="IOException">A folder, or a file such as a table of the images, cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A folder, or a file such as a table of the images, may not be read.</exception>
    /// <exception cref="ModelFileException">The model gives no number for an image: its weights are damaged or were changed.</exception>
    /// <exception cref="ArgumentOutOfRangeException">No thread.</exception>
    /// <exception cref="OperationCanceledException">The work was ended early.</exception>
    public Evaluation Evaluate(
        string path, int? threads = null, IProgress<PipelineProgress>? progress = null, CancellationToken cancellationToken = default) =>
        Evaluate(ImageSplits.Open(path, minClasses: 1).Judged, threads, progress, cancellationToken);

    /// <summary>Classifies every image of a set and compares.</summary>
    /// <param name="images">Images of the model's classes; not all of them need be there.</param>
    /// <param name="threads">Threads to use; all cores where null.</param>
    /// <param name="progress">Told at most ten times a second.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <exception cref="DatasetException">The set holds a class that the model does not know.</exception>
    /// <exception cref="ModelFileException">The model gives no number for an image: its weights are damaged or were changed.</exception>
    /// <exception cref="ArgumentOutOfRangeException">No thread.</exception>
    /// <exception cref="OperationCanceledException">The work was ended early.</exception>
    public Evaluation Evaluate(
        ImageSet images, int? threads = null, IProgress<PipelineProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(images);
        if (threads < 1)
            throw new ArgumentOutOfRangeException(nameof(threads), $"Threads: {threads} were given; at least 1 is needed, or null for all cores.");
        return Judge(images, threads ?? Environment.ProcessorCount, progress, cancellationToken).Evaluation;
    }

    /// <summary>The same, with the pictures that were read, at the model's size and with the model's labels. They are read once more when they are asked for.</summary>
    internal (IReadOnlyList<LabeledImage> Images, Evaluation Evaluation) Judge(
        ImageSet images, int threads, IProgress<PipelineProgress>? progress, CancellationToken cancellationToken)
    {
        (LoadedImages loaded, TimeSpan decode) = Read(images, threads, progress, cancellationToken);
        using LoadedImages held = loaded;
        return ([.. loaded.Images.Select(image => image.Unloaded())], Evaluate(loaded.Images, loaded.Unreadable, decode, threads, progress, cancellationToken));
    }

    /// <summary>Reads the pictures of a set, at the model's size and with the model's labels.</summary>
    internal (LoadedImages Loaded, TimeSpan Time) Read(
        ImageSet images, int threads, IProgress<PipelineProgress>? progress, CancellationToken cancellationToken)
    {
        int[] labels = ClassNames.IndicesOf(images, Classes, $"the model does not know the {(HasAttributes ? "attribute" : "class")}", HasAttributes);
        long start = Stopwatch.GetTimestamp();
        LoadedImages loaded = LoadedImages.Load(images, extractor, threads, progress, cancellationToken, PictureMemory);
        TimeSpan decode = Stopwatch.GetElapsedTime(start);
        return (loaded with { Images = [.. loaded.Images.Select(image => image.InPlaces(labels, Classes.Count))] }, decode);
    }

    /// <summary><see cref="Evaluate(string, int?, IProgress{PipelineProgress}?, CancellationToken)"/> on other threads than the caller's.</summary>
    /// <inheritdoc cref="Evaluate(string, int?, IProgress{PipelineProgress}?, CancellationToken)"/>
    public Task<Evaluation> EvaluateAsync(
        string path, int? threads = null, IProgress<PipelineProgress>? progress = null, CancellationToken cancellationToken = default) =>
        Task.Run(() => Evaluate(path, threads, progress, cancellationToken), cancellationToken);

    /// <summary><see cref="Evaluate(ImageSet, int?, IProgress{PipelineProgress}?, CancellationToken)"/> on other threads than the caller's.</summary>
    /// <inheritdoc cref="Evaluate(ImageSet, int?, IProgress{PipelineProgress}?, CancellationToken)"/>
    public Task<Evaluation> EvaluateAsync(
        ImageSet images, int? threads = null, IProgress<PipelineProgress>? progress = null, CancellationToken cancellationToken = default) =>
        Task.Run(() => Evaluate(images, threads, progress, cancellationToken), cancellationToken);

    /// <summary>Classifies images that were read, and compares.</summary>
    internal Evaluation Evaluate(
        IReadOnlyList<LabeledImage> images, IReadOnlyList<UnreadableImage> unreadable, TimeSpan decode,
        int threads, IProgress<PipelineProgress>? progress, CancellationToken cancellationToken)
    {
        long featureTicks = 0, modelTicks = 0;
        ProgressMeter meter = ProgressMeter.Of(PipelineStage.Evaluate, images.Count, progress);
        long start = Stopwatch.GetTimestamp();
        Prediction[] predicted = Each(
            images.Count,
            index =>
            {
                Prediction answer = Predict(images[index].Image);
                Interlocked.Add(ref featureTicks, answer.Times.Features.Ticks);
                Interlocked.Add(ref modelTicks, answer.Times.Model.Ticks);
                meter.Advance();
                return answer;
            },
            threads,
            cancellationToken);
        TimeSpan wall = Stopwatch.GetElapsedTime(start);

        // Both stages run interleaved on every thread: the wall-clock time is shared out in proportion.
        double share = featureTicks + modelTicks == 0 ? 0 : (double)featureTicks / (featureTicks + modelTicks);
        StageTimes times = new(decode, wall * share, TimeSpan.Zero, wall * (1 - share));
        PictureIndex pictures = new(images, cancellationToken);
        if (HasAttributes)
            return AttributeFigures.Evaluate(Classes, images, predicted, unreadable, times) with { Pictures = pictures };

        ConfusionMatrix confusion = new(Classes.Count);
        CalibrationError calibration = new();
        for (int index = 0; index < predicted.Length; index++)
        {
            confusion.Add(images[index].Label, predicted[index].LabelIndex);
            calibration.Add(predicted[index].Confidence, predicted[index].LabelIndex == images[index].Label);
        }
        return new Evaluation(Classes, confusion, unreadable, times)
        {
            Count = images.Count,
            CalibrationError = calibration.Value,
            Reliability = calibration.Bins,
            Answers = predicted,
            Unknown = TellsUnknown ? predicted.Count(answer => answer.IsUnknown) : null,
            Pictures = pictures,
        };
    }
}
