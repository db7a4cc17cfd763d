using System.Diagnostics;
using ImageSig.NN;

namespace ImageSig;

public sealed partial class ImageClassifier
{
    /// <summary>Classifies every image of a folder with one sub-folder per class and compares.</summary>
    /// <param name="folder">Sub-folders named as the model's classes; not all of them need be there.</param>
    /// <param name="threads">Threads to use; all cores where null.</param>
    /// <param name="progress">Told at most ten times a second.</param>
    /// <param name="cancellation">Ends the work early.</param>
    /// <exception cref="DatasetException">The folder is no data set, or holds a class that the model does not know.</exception>
    public Evaluation Evaluate(
        string folder, int? threads = null, IProgress<PipelineProgress>? progress = null, CancellationToken cancellation = default)
    {
        ImageFolder listed = ImageFolder.Open(folder, fewestClasses: 1);
        int[] labels = [.. listed.Classes.Select(name => LabelOf(name, folder))];
        int workers = threads ?? Environment.ProcessorCount;
        long start = Stopwatch.GetTimestamp();
        LoadedImages loaded = LoadedImages.Load(
            listed, extractor, workers, new ProgressMeter("decode", listed.Images.Count, progress), cancellation);
        TimeSpan decode = Stopwatch.GetElapsedTime(start);
        LabelledImage[] images = [.. loaded.Images.Select(image => image with { Label = labels[image.Label] })];
        return Evaluate(images, loaded.Unreadable, decode, workers, progress, cancellation);
    }

    private Evaluation Evaluate(
        IReadOnlyList<LabelledImage> images, IReadOnlyList<UnreadableImage> unreadable, TimeSpan decode,
        int threads, IProgress<PipelineProgress>? progress, CancellationToken cancellation)
    {
        int[] predicted = new int[images.Count];
        long featureTicks = 0, modelTicks = 0;
        ProgressMeter meter = new("evaluate", images.Count, progress);
        ParallelOptions options = new() { MaxDegreeOfParallelism = threads, CancellationToken = cancellation };
        long start = Stopwatch.GetTimestamp();
        Parallel.For(0, images.Count, options, index =>
        {
            Prediction answer = Predict(images[index].Image);
            predicted[index] = answer.LabelIndex;
            Interlocked.Add(ref featureTicks, answer.Times.Features.Ticks);
            Interlocked.Add(ref modelTicks, answer.Times.Model.Ticks);
            meter.Advance();
        });
        TimeSpan wall = Stopwatch.GetElapsedTime(start);

        ConfusionMatrix confusion = new(Classes.Count);
        for (int index = 0; index < predicted.Length; index++)
            confusion.Add(images[index].Label, predicted[index]);
        // Both stages run interleaved on every thread: the wall-clock time is shared out in proportion.
        double share = featureTicks + modelTicks == 0 ? 0 : (double)featureTicks / (featureTicks + modelTicks);
        return new Evaluation(Classes, confusion, unreadable, new StageTimes(decode, wall * share, TimeSpan.Zero, wall * (1 - share)));
    }

    private int LabelOf(string name, string folder)
    {
        for (int label = 0; label < Classes.Count; label++)
            if (Classes[label] == name)
                return label;
        throw new DatasetException($"{Path.Combine(folder, name)}: the model does not know the class '{name}', only {string.Join(", ", Classes)}; rename or remove the folder.");
    }
}
