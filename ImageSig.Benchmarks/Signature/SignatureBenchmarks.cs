using BenchmarkDotNet.Attributes;
using ImageSig.Benchmarks.Plain;
using ImageSig.Benchmarks.Running;

namespace ImageSig.Benchmarks.Signature;

/// <summary>Signatures of many paths. The first setting is the rows of 32 images of 64x64.</summary>
[Topic("signature", 1)]
public class SignatureBenchmarks : PathBenchmarks
{
    private SpanSignature spans = null!;
    private float[] bySpans = [];

    public static IEnumerable<PathSetting> Settings => [new(2048, 64, 3, 4), new(32, 128, 4, 6)];

    [ParamsSource(nameof(Settings))]
    public PathSetting Setting { get; set; } = null!;

    private protected override PathSetting Path => Setting;

    private protected override PathPass Pass => PathPass.Forward;

    [Benchmark(Description = Programs.TensorPrimitives)]
    public void TensorPrimitives() => spans.Forward(Work.Paths, Setting.Batch, bySpans);

    private protected override void PrepareMore()
    {
        spans = new(Setting.Channels, Setting.Depth);
        bySpans = new float[Work.Ours.Length];
        TensorPrimitives();
        Agreement.Check(Programs.TensorPrimitives, Work.Ours, bySpans);
    }
}
