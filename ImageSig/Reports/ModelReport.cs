using ImageSig.NN;
using ImageSig.Tensors;

namespace ImageSig.Reports;

/// <summary>What there is to be said of a model after it was asked about labeled pictures. Holds no times: equal runs give equal reports.</summary>
/// <param name="Classifier">The model.</param>
/// <param name="Source">Which pictures, as a sentence goes on after "on".</param>
/// <param name="Evaluation">The figures; null where there were no pictures.</param>
/// <param name="Images">The pictures with the answers.</param>
internal sealed record ModelReport(ImageClassifier Classifier, string Source, Evaluation? Evaluation, IReadOnlyList<JudgedImage> Images)
{
    private const int MaxMistakes = 24;

    /// <summary>Wrong answers, the most confident first, as many as one looks at, each with what of the picture spoke for it.</summary>
    public IReadOnlyList<(JudgedImage Image, Occlusion Spoke)> Mistakes { get; private init; } = [];

    /// <summary>The training that the model comes from; null of a model from a file, which keeps the chosen epoch alone.</summary>
    public TrainingOutcome? Training { get; init; }

    /// <summary>The epochs; null of a model from a file.</summary>
    public TrainingSummary? History => Training?.Summary;

    /// <summary>Whether the pictures chose the epoch.</summary>
    public bool OnValidation { get; init; }

    /// <summary>Asks a model about a set.</summary>
    /// <param name="classifier">The model.</param>
    /// <param name="images">Images of the model's classes.</param>
    /// <param name="threads">Threads to use.</param>
    /// <param name="progress">Told of every picture.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <exception cref="DatasetException">The set holds a class that the model does not know.</exception>
    public static ModelReport Of(
        ImageClassifier classifier, ImageSet images, int threads, IProgress<PipelineProgress>? progress, CancellationToken cancellationToken)
    {
        (IReadOnlyList<LabeledImage> labeled, Evaluation evaluation) = classifier.Judge(images, threads, progress, cancellationToken);
        // Of attributes there are figures and no pictures: there is no one label that could be shown beside the other.
        return new ModelReport(classifier, images.Name, evaluation, classifier.HasAttributes ? [] : Judged(labeled, evaluation, images.Name)).WithMistakes(threads, cancellationToken);
    }

    /// <summary>A training's own validation pictures.</summary>
    /// <param name="outcome">What came of it.</param>
    /// <param name="set">The set that they are from.</param>
    /// <param name="threads">Threads to use.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    public static ModelReport Of(TrainingOutcome outcome, ImageSet set, int threads, CancellationToken cancellationToken) =>
        new ModelReport(outcome.Classifier, set.Name, outcome.Validation, outcome.Validation is null || outcome.Classifier.HasAttributes ? [] : Judged(outcome.ValidationImages, outcome.Validation, set.Name))
        {
            Training = outcome,
            OnValidation = true,
        }.WithMistakes(threads, cancellationToken);

    /// <summary>Names of files without the folder that all of them are in.</summary>
    private static JudgedImage[] Judged(IReadOnlyList<LabeledImage> images, Evaluation evaluation, string set) =>
    [
        .. images.Select((image, number) => new JudgedImage(
            number, image, image.Name.StartsWith(set, StringComparison.Ordinal) ? image.Name[set.Length..].TrimStart('/', '\\') : image.Name, evaluation.Answers[number])),
    ];

    /// <summary>All answers, the least certain first.</summary>
    public IEnumerable<JudgedImage> LeastCertain => Images.OrderBy(image => image.Margin);

    private ModelReport WithMistakes(int threads, CancellationToken cancellationToken)
    {
        JudgedImage[] wrong = [.. Images.Where(image => !image.IsRight).OrderByDescending(image => image.Answer.Confidence).Take(MaxMistakes)];
        Occlusion[] spoke = new Occlusion[wrong.Length];
        ParallelLoop.For(wrong.Length, threads, index => spoke[index] = Occlusion.Of(Classifier.Predict, wrong[index].Image, wrong[index].Answer.LabelIndex), cancellationToken);
        return this with { Mistakes = [.. wrong.Zip(spoke)] };
    }
}
