using ImageSig.Imaging;
using ImageSig.NN;
using ImageSig.Tensors.Kernels;

namespace ImageSig.Comparison;

/// <summary>The second baseline: a histogram of colors and a kernel classifier. λ and the sharpness of its chances are chosen on a fifth of the images.</summary>
internal sealed class HistogramContestant() : Contestant("histogram", "color histogram, kernel classifier")
{
    /// <summary>More images than this are not all learned from: the equations take their number to the third power.</summary>
    public const int MaxImages = 2000;

    private const double HeldBack = 0.2;
    private static readonly double[] Ridges = [0.001, 0.01, 0.1, 1], Sharpnesses = [1, 2, 4, 8, 16];
    private static readonly FeatureOptions Size = new() { Input = ModelInput.Pixels, ScaledDecoding = true };

    public override Trained Train(ImageSplits sets, ContestSettings settings, IProgress<PipelineProgress>? progress, CancellationToken cancellationToken)
    {
        FeatureExtractor extractor = new(Size);
        using LoadedImages loaded = LoadedImages.Load(sets.Training, extractor, settings.Threads, progress, cancellationToken);
        int[] labels = [.. loaded.Images.Select(image => image.Label)];
        int classes = sets.Training.ToClasses().Classes.Count;
        IEnumerable<int> taken = Sequences.Range(0, labels.Length);
        if (labels.Length > MaxImages)
            taken = StratifiedSplit.Draw(labels, (double)MaxImages / labels.Length, settings.Seed).Validation;
        int[] indices = [.. taken];
        float[][] samples = [.. indices.Select(index => ColorHistogram.Of(loaded.Images[index].Image))];
        labels = [.. indices.Select(index => labels[index])];

        double gamma = 1 / Math.Max(MeanDistance(samples), 1e-6);
        StratifiedSplit split = StratifiedSplit.Draw(labels, HeldBack, settings.Seed);
        (double Loss, double Ridge, double Sharpness) best = (double.PositiveInfinity, Ridges[0], Sharpnesses[0]);
        foreach (double ridge in Ridges)
        {
            KernelRidge trial = Fit(Pick(samples, split.Training), Pick(labels, split.Training), ridge);
            double[][] scores = [.. split.Validation.Select(index => trial.Scores(samples[index]))];
            foreach (double sharpness in Sharpnesses)
            {
                double loss = scores.Zip(split.Validation, (row, index) => -ScalarMath.Log(Chances(row, sharpness)[labels[index]])).Sum();
                if (loss < best.Loss)
                    best = (loss, ridge, sharpness);
            }
        }
        return new Classifier(Fit(samples, labels, best.Ridge), best.Sharpness, samples.Length, classes, extractor);

        KernelRidge Fit(float[][] some, int[] theirs, double ridge) => KernelRidge.Fit(some, theirs, classes, gamma, ridge, settings.Threads, cancellationToken);
    }

    private static T[] Pick<T>(T[] all, IReadOnlyList<int> indices) => [.. indices.Select(index => all[index])];

    /// <summary>Of each sample to the one half the set away: a scale, no more.</summary>
    private static double MeanDistance(float[][] samples) =>
        Sequences.Range(0, samples.Length).Average(index => KernelRidge.Distance(samples[index], samples[(index + (samples.Length / 2)) % samples.Length]));

    /// <summary>softmax(sharpness · scores).</summary>
    private static double[] Chances(double[] scores, double sharpness)
    {
        double largest = scores.Max();
        double[] powers = [.. scores.Select(score => ScalarMath.Exp(sharpness * (score - largest)))];
        double total = powers.Sum();
        return [.. powers.Select(power => power / total)];
    }

    private sealed class Classifier(KernelRidge ridge, double sharpness, int samples, int classes, FeatureExtractor extractor) : Trained(extractor)
    {
        public override long Parameters => (long)samples * (ColorHistogram.Bins + classes);

        public override long Bytes => sizeof(float) * Parameters;

        public override long MultiplyAdds => Parameters;

        public override void Answer(Image image, Span<float> chances)
        {
            double[] answer = Chances(ridge.Scores(ColorHistogram.Of(image)), sharpness);
            for (int label = 0; label < classes; label++)
                chances[label] = (float)answer[label];
        }
    }
}
