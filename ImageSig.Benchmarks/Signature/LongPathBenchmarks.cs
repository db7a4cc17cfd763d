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
public class LongPathBenchmarks : PathBenchmarks
{
    public static IEnumerable<LongPathSetting> Settings => [new(PathPass.Forward), new(PathPass.LogSignature), new(PathPass.Backward)];

    [ParamsSource(nameof(Settings))]
    public LongPathSetting Setting { get; set; } = null!;

    private protected override PathSetting Path => LongPathSetting.Path;

    private protected override PathPass Pass => Setting.Pass;
}
