using BenchmarkDotNet.Attributes;
using ImageSig.Benchmarks.Running;
using ImageSig.NN;

namespace ImageSig.Benchmarks.Networks;

/// <summary>A network's answer to one sample, batch normalizations folded into their neighbors.</summary>
[Topic("network", 11)]
public partial class NetworkBenchmarks
{
    private readonly float[] scores = new float[2];
    private Model model = null!;
    private float[] sample = [];

    public static IEnumerable<NetworkSetting> Settings => [.. ((string[])["fc", "conv", "attention", "grid", "cnn"]).Select(kind => new NetworkSetting(kind, 1, "1 image"))];

    [ParamsSource(nameof(Settings))]
    public NetworkSetting Setting { get; set; } = null!;

    [GlobalSetup]
    public void Prepare()
    {
        (model, IReadOnlyList<Layer> layers) = Setting.Create(folded: true);
        sample = new RandomSamples(1, Setting.Sample).Values;
        ImageSig();
        PrepareLibTorch(layers);
    }

    [Benchmark(Baseline = true, Description = "ImageSig")]
    public void ImageSig() => model.Scores(sample, 1, scores);

    partial void PrepareLibTorch(IReadOnlyList<Layer> layers);
}
