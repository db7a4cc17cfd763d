using BenchmarkDotNet.Attributes;
using ImageSig.Benchmarks.Running;

namespace ImageSig.Benchmarks.Signature;

/// <summary>A pass over paths: what a class of benchmarks varies is its setting.</summary>
public abstract partial class PathBenchmarks
{
    /// <summary>The paths of the setting.</summary>
    private protected abstract PathSetting Path { get; }

    /// <summary>What is computed of them.</summary>
    private protected abstract PathPass Pass { get; }

    private protected PathWork Work { get; private set; } = null!;

    [GlobalSetup]
    public void Prepare()
    {
        Work = new(Path, Pass);
        Work.Check();
        PrepareMore();
        PrepareLibTorch();
    }

    [Benchmark(Baseline = true, Description = "ImageSig")]
    public void ImageSig() => Work.RunOurs();

    [Benchmark(Description = Programs.PlainLoop)]
    public void PlainLoop() => Work.RunPlain();

    /// <summary>Programs that are compared in one class alone.</summary>
    private protected virtual void PrepareMore()
    {
    }

    partial void PrepareLibTorch();
}
