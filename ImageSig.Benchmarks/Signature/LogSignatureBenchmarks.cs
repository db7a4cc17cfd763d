using BenchmarkDotNet.Attributes;
using ImageSig.Benchmarks.Running;

namespace ImageSig.Benchmarks.Signature;

/// <summary>Log-signatures of many paths, the coefficients of Lyndon words.</summary>
[Topic("log-signature", 2)]
public class LogSignatureBenchmarks : PathBenchmarks
{
    public static IEnumerable<PathSetting> Settings => SignatureBenchmarks.Settings;

    [ParamsSource(nameof(Settings))]
    public PathSetting Setting { get; set; } = null!;

    private protected override PathSetting Path => Setting;

    private protected override PathPass Pass => PathPass.LogSignature;
}
