using BenchmarkDotNet.Attributes;
using ImageSig.Benchmarks.Running;

namespace ImageSig.Benchmarks.Signature;

/// <summary>A pass over one long path alone.</summary>
public sealed record LongPathSetting(PathPass Pass)
{
    internal static PathSetting Path { get; } = new(1, 1024, 5, 5);

    public override string ToString() => $"{Path}, {Pass switch { PathPass.Forward => "forward", PathPass.LogSignature => "log-signature", _ => "backward" }}";
}

/// <summary>One long path alone, which cannot share registers with others.</summary>
[Topic("one long path", 4)]
public partial class LongPathBenchmarks
{
    private PathWork work = null!;

    public static IEnumerable<LongPathSetting> Settings => [new(PathPass.Forward), new(PathPass.LogSignature), new(PathPass.Backward)];

    [ParamsSource(nameof(Settings))]
    public LongPathSetting Setting { get; set; } = null!;

    [GlobalSetup]
    public void Prepare()
    {
        work = new(LongPathSetting.Path, Setting.Pass);
        work.Check();
        PrepareLibTorch();
    }

    [Benchmark(Baseline = true, Description = "ImageSig")]
    public void ImageSig() => work.RunOurs();

    [Benchmark(Description = Programs.PlainLoop)]
    public void PlainLoop() => work.RunPlain();

    partial void PrepareLibTorch();
}
