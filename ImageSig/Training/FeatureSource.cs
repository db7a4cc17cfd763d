using ImageSig.NN;
using ImageSig.Tensors;

namespace ImageSig;

/// <summary>The features of images as training shows them: kept in memory as far as the limit allows, computed anew beyond it, with the same bits. Of images that are
/// drawn anew in every epoch nothing is kept but their own bytes.</summary>
internal sealed class FeatureSource : ISampleSource
{
    private readonly AugmentedImages images;
    private readonly FeatureExtractor extractor;
    private readonly float[][] cached;
    private Standardization? standardization;

    /// <param name="images">What to take features of.</param>
    /// <param name="extractor">How.</param>
    /// <param name="memoryLimit">Bytes that cached features may take.</param>
    public FeatureSource(AugmentedImages images, FeatureExtractor extractor, long memoryLimit)
    {
        this.images = images;
        this.extractor = extractor;
        cached = images.AreDrawnAnew ? [] : new float[Math.Min(images.Count, memoryLimit / (sizeof(float) * (long)extractor.SampleLength))][];
    }

    public int Count => images.Count;

    /// <summary>The pictures that features are taken of.</summary>
    public AugmentedImages Images => images;

    /// <summary>How many of them are kept in memory.</summary>
    public int Cached => cached.Length;

    public Shape SampleShape => extractor.SampleShape;

    public int Label(int index) => images.Label(index);

    public void CopyTargets(int index, Span<float> targets)
    {
        targets.Clear();
        if (images.Answers(index) is not { } answers)
            targets[Label(index)] = 1;
        else
            for (int question = 0; question < targets.Length; question++)
                targets[question] = answers[question] is { } answer ? answer ? 1 : 0 : float.NaN;
    }

    /// <summary>As the first epoch shows it.</summary>
    public void CopyTo(int index, Span<float> destination) => CopyTo(index, epoch: 1, destination);

    public void CopyTo(int index, int epoch, Span<float> destination)
    {
        if (index < cached.Length)
            cached[index].CopyTo(destination);
        else
            Compute(index, epoch, destination);
    }

    /// <summary>Computes what is kept in memory.</summary>
    public void Fill(int threads, ProgressMeter progress, CancellationToken cancellationToken)
    {
        ParallelOptions options = new() { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken };
        Parallel.For(0, cached.Length, options, index =>
        {
            float[] features = new float[extractor.SampleLength];
            Compute(index, epoch: 1, features);
            cached[index] = features;
            progress.Advance();
        });
    }

    /// <summary>Applies to all samples from now on.</summary>
    public void Standardize(Standardization standardization, int threads)
    {
        this.standardization = standardization;
        Parallel.For(0, cached.Length, new ParallelOptions { MaxDegreeOfParallelism = threads }, index => standardization.Apply(cached[index]));
    }

    /// <summary>The same images with another seed's changes: this source itself where nothing is drawn.</summary>
    public FeatureSource WithSeed(ulong seed) => images.AreDrawnAnew
        ? new(images.WithSeed(seed), extractor, memoryLimit: 0) { standardization = standardization }
        : this;

    private void Compute(int index, int epoch, Span<float> features)
    {
        extractor.Extract(images.Image(index, epoch), features);
        standardization?.Apply(features);
    }
}
