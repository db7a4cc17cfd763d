using BenchmarkDotNet.Attributes;
using ImageSig.Benchmarks.Plain;
using ImageSig.Benchmarks.Running;
using ImageSig.Imaging;
using ImageSig.Measurement;
using ImageSig.NN;

namespace ImageSig.Benchmarks.Recognition;

/// <summary>What one camera image costs between the decoder and the network: brought to 64x64, and the signatures of its rows to depth 4.</summary>
[Topic("features", 13)]
public class FeatureBenchmarks
{
    private readonly Image photo = Image.Decode(BenchPictures.Jpeg(640, 512));
    private readonly FeatureExtractor extractor = new(TrainingRecipe.Named(TrainingRecipe.Paper, ModelKinds.Conv).Features);
    private readonly PlainSignature signature = new(channels: 3, depth: 4);
    private float[] ours = [], plain = [], paths = [];

    [Params("640 x 512 to 64 rows of 120")]
    public string Setting { get; set; } = "";

    [GlobalSetup]
    public void Prepare()
    {
        (ours, plain, paths) = (new float[extractor.SampleLength], new float[extractor.SampleLength], new float[64 * 64 * 3]);
        ImageSig();
        PlainLoop();
        Agreement.Check(Programs.PlainLoop, ours, plain);
    }

    [Benchmark(Baseline = true, Description = "ImageSig")]
    public void ImageSig() => extractor.Extract(extractor.Fit(photo), ours);

    [Benchmark(Description = Programs.PlainLoop)]
    public void PlainLoop()
    {
        PlainResize.Area(photo, 64, 64, paths);
        for (int row = 0; row < 64; row++)
            signature.Forward(paths.AsSpan(row * 64 * 3, 64 * 3), plain.AsSpan(row * signature.Length, signature.Length));
    }
}
