using BenchmarkDotNet.Attributes;
using ImageSig.Benchmarks.Running;

namespace ImageSig.Benchmarks.Signature;

/// <summary>The gradient of signatures with respect to many paths.</summary>
[Topic("gradient of the signature", 3)]
public partial class GradientBenchmarks
{
    private PathWork work = null!;

    public static IEnumerable<PathSetting> Settings => SignatureBenchmarks.Settings;

    [ParamsSource(nameof(Settings))]
    public PathSetting Setting { get; set; } = null!;

    [GlobalSetup]
    public void Prepare()
    {
        work = new(Setting, PathPass.Backward);
        work.Check();
        PrepareLibTorch();
    }

    [Benchmark(Baseline = true, Description = "ImageSig")]
    public void ImageSig() => work.RunOurs();

    [Benchmark(Description = Programs.PlainLoop)]
    public void PlainLoop() => work.RunPlain();

    partial void PrepareLibTorch();
}
