using ImageSig.NN;
using ImageSig.Tensors;

namespace ImageSig.Sweeping;

/// <summary>Trainings that differ in a few settings, on the same images, each judged on the same others.</summary>
internal sealed class Sweep : IDisposable
{
    private readonly IReadOnlyList<SweepPoint> points;
    private readonly long before;
    private readonly RememberedImages training;
    private readonly RememberedImages? validation, test;

    /// <param name="sets">Where nothing is kept for testing, each training is judged on the images that chose its epoch.</param>
    /// <param name="points">The trainings, in this order.</param>
    /// <param name="before">Bytes that the program takes before all this; measured now where null.</param>
    public Sweep(ImageSplits sets, IReadOnlyList<SweepPoint> points, long? before = null)
    {
        _ = sets.Training.ToClasses();
        this.points = points;
        this.before = before ?? Environment.WorkingSet;
        training = Remembered(sets.Training)!;
        validation = Remembered(sets.Validation);
        test = Remembered(sets.Test);
    }

    /// <summary>Does the trainings that are not yet done, and keeps each in a file.</summary>
    /// <param name="file">What is done is there.</param>
    /// <param name="path">Where it lies.</param>
    /// <param name="begin">Told which training begins.</param>
    /// <param name="failed">Told which training came to no end, and why: a <see cref="TrainingException"/>, or a <see cref="SettingException"/>; the others are done nevertheless.</param>
    /// <param name="progress">Told of each.</param>
    /// <param name="cancellationToken">Ends the work early; the training at work is lost, those before are not.</param>
    /// <returns>A row for each training that did not fail.</returns>
    /// <exception cref="DatasetException">The file is of another sweep, or the images do not serve.</exception>
    public IReadOnlyList<SweepRow> Run(
        SweepFile file, string path, Action<int> begin, Action<int, Exception> failed, IProgress<PipelineProgress>? progress, CancellationToken cancellationToken)
    {
        IReadOnlyList<SweepRow> known = file.Read(path);
        SweepRow?[] rows = [.. points.Select(point => known.FirstOrDefault(point.Is))];
        IReadOnlyList<SweepRow> others = Others(points, known);
        for (int index = 0; index < rows.Length; index++)
        {
            begin(index);
            if (rows[index] is not null)
                continue;
            try
            {
                rows[index] = Train(points[index], progress, cancellationToken);
            }
            catch (Exception refused) when (refused is TrainingException or SettingException)
            {
                failed(index, refused);
                continue;
            }
            file.Write(path, [.. rows.OfType<SweepRow>(), .. others]);
        }
        return [.. rows.OfType<SweepRow>()];
    }

    /// <summary>Rows of none of the trainings: of values or seeds that were asked for another time. They stay in the file, behind the others, each once.</summary>
    public static IReadOnlyList<SweepRow> Others(IReadOnlyList<SweepPoint> points, IEnumerable<SweepRow> known) =>
        [.. known.Where(row => !points.Any(point => point.Is(row))).GroupBy(row => $"{row.Seed}\n{string.Join('\n', row.Values)}").Select(same => same[0])];

    /// <summary>Gives the disk back.</summary>
    public void Dispose()
    {
        foreach (RememberedImages? images in (RememberedImages?[])[training, validation, test])
            images?.Dispose();
    }

    private RememberedImages? Remembered(ImageSet? set) => set is null ? null : new(set, points is [{ Recipe.PicturesBetween: var memory }, ..] ? memory : null);

    private SweepRow Train(SweepPoint point, IProgress<PipelineProgress>? progress, CancellationToken cancellationToken)
    {
        TrainingOutcome outcome = ImageClassifier.Train(training, point.Recipe, validation, progress, checkpoint: null, before, cancellationToken);
        Evaluation judged = test is null
            ? outcome.Validation!
            : outcome.Classifier.Evaluate(test, point.Recipe.Training.Threads, progress, cancellationToken);
        return SweepRow.Of(point, outcome, judged);
    }
}
