using BenchmarkDotNet.Attributes;
using ImageSig.Benchmarks.Running;

namespace ImageSig.Benchmarks.Signature;

/// <summary>The gradient of signatures with respect to many paths.</summary>
[Topic("gradient of the signature", 3)]
public class GradientBenchmarks : PathBenchmarks
{
    public static IEnumerable<PathSetting> Settings => SignatureBenchmarks.Settings;

    [ParamsSource(nameof(Settings))]
    public PathSetting Setting { get; set; } = null!;

    private protected override PathSetting Path => Setting;

    private protected override PathPass Pass => PathPass.Backward;
}
