using System.Runtime.InteropServices;
using ImageSig.Imaging;
using ImageSig.NN;
using ImageSig.Tensors;

namespace ImageSig;

/// <summary>The features of images as training shows them: in a cache if one keeps them; what it does not take in memory as far as the limit allows, beyond it on the disk, and where that has no
/// room computed anew, always with the same bits. Of images that are drawn anew in every epoch nothing is kept but their own bytes.</summary>
internal sealed class FeatureSource : ISampleSource, IDisposable
{
    private readonly AugmentedImages images;
    private readonly FeatureExtractor extractor;
    private readonly KeptEntries? kept;
    private readonly CachedFeatures? cached;
    private Standardization? standardization;

    /// <param name="images">What to take features of.</param>
    /// <param name="extractor">How.</param>
    /// <param name="memoryLimit">Bytes of memory that features may take.</param>
    /// <param name="folder">Where what is beyond it goes; null for nowhere.</param>
    /// <param name="cache">Where they go before that, if it keeps features.</param>
    public FeatureSource(AugmentedImages images, FeatureExtractor extractor, long memoryLimit, string? folder = null, ImageCache? cache = null)
    {
        this.images = images;
        this.extractor = extractor;
        if (images.AreDrawnAnew)
            return;
        if (cache is { Features: not CacheFloats.None } && extractor.Options.Input == ModelInput.Signatures)
            cached = new CachedFeatures(cache, extractor, images.Count);
        kept = new KeptEntries(sizeof(float) * extractor.SampleLength, images.Count, memoryLimit, folder);
    }

    public int Count => images.Count;

    /// <summary>The pictures that features are taken of.</summary>
    public AugmentedImages Images => images;

    /// <summary>Told of each sample that is taken; null for nobody.</summary>
    public ProgressMeter? Meter { get; set; }

    /// <summary>How many of them are kept, in memory, on the disk or in the cache.</summary>
    public int Kept => cached?.Count ?? kept?.Count ?? 0;

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
        Meter?.Advance();
        if (kept?.TryRead(index, MemoryMarshal.AsBytes(destination)) != true && cached?.TryRead(index, destination) != true)
        {
            extractor.Extract(images.Image(index, epoch), destination);
            cached?.Round(destination);
        }
        standardization?.Apply(destination);
    }

    /// <summary>Computes what is kept.</summary>
    public void Fill(int threads, ProgressMeter progress, CancellationToken cancellationToken) => ParallelLoop.For(
        Kept, threads, () => new float[extractor.SampleLength],
        (index, features) =>
        {
            Image picture = images.Image(index, epoch: 1);
            if (cached is null)
                extractor.Extract(picture, features);
            if (cached?.Make(index, picture, features) != true)
                kept!.TryWrite(index, MemoryMarshal.AsBytes(features.AsSpan()));
            progress.Advance();
        }, cancellationToken);

    /// <summary>Gives the disk back.</summary>
    public void Dispose() => kept?.Dispose();

    /// <summary>Applies to all samples from now on.</summary>
    public void Standardize(Standardization standardization) => this.standardization = standardization;

    /// <summary>The same images with another seed's changes: this source itself where nothing is drawn.</summary>
    public FeatureSource WithSeed(ulong seed) => images.AreDrawnAnew
        ? new(images.WithSeed(seed), extractor, memoryLimit: 0) { standardization = standardization }
        : this;
}
