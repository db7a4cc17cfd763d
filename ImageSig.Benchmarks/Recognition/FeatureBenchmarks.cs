using BenchmarkDotNet.Attributes;
using ImageSig.Imaging;
using ImageSig.NN;

namespace ImageSig.Benchmarks.Recognition;

/// <summary>What one camera image costs between the decoder and the network, µs: fit to 64x64, and the signatures of its paths.</summary>
[MemoryDiagnoser]
public class FeatureBenchmarks
{
    private readonly Image photo = Noise(640, 480);
    private FeatureExtractor extractor = null!;
    private Image fitted = null!;
    private float[] features = [];

    /// <summary>Rows only as in the paper, or rows and columns as in the default recipe.</summary>
    [Params(TrainingRecipe.Paper, TrainingRecipe.Default)]
    public string Recipe { get; set; } = "";

    [GlobalSetup]
    public void Prepare()
    {
        extractor = new FeatureExtractor(TrainingRecipe.Named(Recipe, ModelKinds.Conv).Features);
        fitted = extractor.Fit(photo);
        features = new float[extractor.SampleLength];
    }

    [Benchmark]
    public Image Fit() => extractor.Fit(photo);

    [Benchmark]
    public void Extract() => extractor.Extract(fitted, features);

    private static Image Noise(int width, int height)
    {
        Image image = new(width, height);
        new Random(1).NextBytes(image.Pixels);
        return image;
    }
}
