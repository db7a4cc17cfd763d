using BenchmarkDotNet.Attributes;
using ImageSig.Benchmarks.Running;

namespace ImageSig.Benchmarks.Signature;

/// <summary>Log-signatures of many paths, the coefficients of Lyndon words.</summary>
[Topic("log-signature", 2)]
public partial class LogSignatureBenchmarks
{
    private PathWork work = null!;

    public static IEnumerable<PathSetting> Settings => SignatureBenchmarks.Settings;

    [ParamsSource(nameof(Settings))]
    public PathSetting Setting { get; set; } = null!;

    [GlobalSetup]
    public void Prepare()
    {
        work = new(Setting, PathPass.LogSignature);
        work.Check();
        PrepareLibTorch();
    }

    [Benchmark(Baseline = true, Description = "ImageSig")]
    public void ImageSig() => work.RunOurs();

    [Benchmark(Description = Programs.PlainLoop)]
    public void PlainLoop() => work.RunPlain();

    partial void PrepareLibTorch();
}
