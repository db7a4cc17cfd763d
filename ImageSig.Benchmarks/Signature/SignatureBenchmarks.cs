using BenchmarkDotNet.Attributes;
using ImageSig.Benchmarks.Plain;
using ImageSig.Benchmarks.Running;

namespace ImageSig.Benchmarks.Signature;

/// <summary>Signatures of many paths. The first setting is the rows of 32 images of 64x64.</summary>
[Topic("signature", 1)]
public partial class SignatureBenchmarks
{
    private PathWork work = null!;
    private SpanSignature spans = null!;
    private float[] bySpans = [];

    public static IEnumerable<PathSetting> Settings => [new(2048, 64, 3, 4), new(32, 128, 4, 6)];

    [ParamsSource(nameof(Settings))]
    public PathSetting Setting { get; set; } = null!;

    [GlobalSetup]
    public void Prepare()
    {
        work = new(Setting, PathPass.Forward);
        work.Check();
        spans = new(Setting.Channels, Setting.Depth);
        bySpans = new float[work.Ours.Length];
        TensorPrimitives();
        Agreement.Check(Programs.TensorPrimitives, work.Ours, bySpans);
        PrepareLibTorch();
    }

    [Benchmark(Baseline = true, Description = "ImageSig")]
    public void ImageSig() => work.RunOurs();

    [Benchmark(Description = Programs.PlainLoop)]
    public void PlainLoop() => work.RunPlain();

    [Benchmark(Description = Programs.TensorPrimitives)]
    public void TensorPrimitives() => spans.Forward(work.Paths, Setting.Batch, bySpans);

    partial void PrepareLibTorch();
}
