using ImageSig.NN;
using ImageSig.Tensors;

namespace ImageSig;

/// <summary>Rules of answering found at the end of a training, and what they are worth.</summary>
/// <param name="Rules">What the model file keeps.</param>
/// <param name="ErrorBefore">Expected calibration error on the validation images without temperature; null where there is none.</param>
/// <param name="ErrorAfter">The same with it.</param>
internal sealed record AnswerFit(AnswerRules Rules, double? ErrorBefore = null, double? ErrorAfter = null)
{
    /// <summary>The fewest validation images: of fewer, no distance is so large that 95 of 100 further images can be expected to be nearer.</summary>
    public const int MinImages = 19;

    private const double KeptShare = 0.95;

    /// <summary>Training images that means and spread are taken of, at most, evenly over each class; and the numbers that describe all of these.</summary>
    private const int MaxTrainingImages = 4096, MaxNumbers = 1 << 24;

    /// <summary>No rules.</summary>
    public static AnswerFit Nothing { get; } = new(AnswerRules.None);

    /// <summary>Finds them on the validation images; nothing where there are too few of them.</summary>
    /// <param name="model">As it will predict.</param>
    /// <param name="classes">Their names.</param>
    /// <param name="training">Training images as they are, unchanged.</param>
    /// <param name="validation">Images that trained no weight, or null.</param>
    /// <param name="threads">Change the time, never the result.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    public static AnswerFit Find(
        Model model, IReadOnlyList<string> classes, FeatureSource training, FeatureSource? validation, int threads, CancellationToken cancellationToken)
    {
        if (validation is null || validation.Count < MinImages)
            return Nothing;
        int[] all = [.. Sequences.Range(0, validation.Count)];
        float[][] features = Pass(model, validation, all, threads, out float[] scores, cancellationToken);
        int[] labels = [.. all.Select(validation.Label)];
        AnswerRules rules = new(Temperature.Fit(scores, labels), FamiliarityOf(model, classes, training, features, labels, threads, cancellationToken));
        return new AnswerFit(rules, Error(scores, labels, AnswerRules.None), Error(scores, labels, rules));
    }

    /// <summary>How far the images are in the last feature layer and on the way there, and the limit.</summary>
    private static Familiarity? FamiliarityOf(
        Model model, IReadOnlyList<string> classes, FeatureSource training, float[][] validation, int[] validationLabels, int threads, CancellationToken cancellationToken)
    {
        int[] known = [.. Sequences.Range(0, classes.Count).Where(label => !NegativeClass.Is(classes[label]))];
        float[][] judges = [.. validation.Where((_, n) => Array.IndexOf(known, validationLabels[n]) >= 0)];
        if (known.Length == 0 || judges.Length < MinImages || model.FeatureCount > FeatureStage.MaxCount)
            return null;
        int most = Math.Min(MaxTrainingImages, MaxNumbers / model.DescriptionCount);
        int[] chosen = [.. Sequences.Range(0, training.Count).GroupBy(training.Label).Where(images => known.Contains(images.Key)).OrderBy(images => images.Key)
            .SelectMany(images => Evenly([.. images], Math.Max(1, most / known.Length)))];
        float[][] features = Pass(model, training, chosen, threads, out _, cancellationToken);
        Familiarity familiarity = FamiliarityFit.Measure(
            features, [.. chosen.Select(image => Array.IndexOf(known, training.Label(image)))], known.Length, [model.FeatureCount, .. model.Stages.Select(stage => stage.Count)]);

        double lastLimit = LimitOf(judges.Select(image => familiarity.Last.Squared(image.AsSpan(0, model.FeatureCount).ToArray())));
        double limit = LimitOf(judges.Select(image => familiarity.SquaredDistance(image)));
        return double.Min(limit, lastLimit) > 0 && double.IsFinite(limit)
            ? familiarity with { Limit = limit, LastLimit = familiarity.Stages.Count > 0 ? lastLimit : null }
            : null;
    }

    /// <summary>Of exchangeable images the next one is within the k-th of n distances with a chance of k / (n + 1).</summary>
    private static double LimitOf(IEnumerable<double> images)
    {
        double[] distances = [.. images.Order()];
        return distances[(int)Math.Ceiling(KeptShare * (distances.Length + 1)) - 1];
    }

    private static IEnumerable<int> Evenly(int[] images, int max) =>
        images.Length <= max ? images : Sequences.Range(0, max).Select(i => images[(int)((long)i * images.Length / max)]);

    /// <summary>Sends images through the network, each by itself: the description of each, and the scores, [N, K].</summary>
    private static float[][] Pass(Model model, FeatureSource images, int[] chosen, int threads, out float[] scores, CancellationToken cancellationToken)
    {
        float[][] features = new float[chosen.Length][];
        float[] rows = new float[chosen.Length * model.Outputs];
        ParallelLoop.For(chosen.Length, threads, () => new float[model.Input.Count], (n, sample) =>
        {
            images.CopyTo(chosen[n], sample);
            features[n] = new float[model.DescriptionCount];
            model.Scores(sample, 1, rows.AsSpan(n * model.Outputs, model.Outputs), features[n]);
        }, cancellationToken);
        scores = rows;
        return features;
    }

    private static double Error(float[] scores, int[] labels, AnswerRules rules)
    {
        CalibrationError error = new();
        int classes = scores.Length / labels.Length;
        float[] chances = new float[classes];
        for (int n = 0; n < labels.Length; n++)
        {
            scores.AsSpan(n * classes, classes).CopyTo(chances);
            rules.ToChances(chances);
            int best = ConfusionMatrix.Best(chances);
            error.Add(chances[best], best == labels[n]);
        }
        return error.Value;
    }
}
