using BenchmarkDotNet.Attributes;
using ImageSig.Benchmarks.Plain;
using ImageSig.Benchmarks.Running;
using ImageSig.Signature;

namespace ImageSig.Benchmarks.Signature;

/// <summary>Signature kernels of all pairs of some paths.</summary>
[Topic("signature kernel", 5)]
public class KernelBenchmarks
{
    private const int Batch = 16, Length = 64, Channels = 3;
    private readonly PathKernel kernel = new(Channels, dyadicOrder: 0);
    private readonly float[] paths = RandomNumbers.Floats(Batch * Length * Channels), ours = new float[Batch * Batch], plain = new float[Batch * Batch];

    /// <summary>Of the same paths in memory of their own both halves of the matrix are computed, as in the plain loop.</summary>
    private readonly float[] others = RandomNumbers.Floats(Batch * Length * Channels);

    [Params("16 x 16 paths, 64 x 3")]
    public string Setting { get; set; } = "";

    [GlobalSetup]
    public void Prepare()
    {
        ImageSig();
        PlainLoop();
        Agreement.Check(Programs.PlainLoop, ours, plain);
    }

    [Benchmark(Baseline = true, Description = "ImageSig")]
    public void ImageSig() => kernel.Gram<float>(paths, others, Batch, Batch, ours);

    [Benchmark(Description = Programs.PlainLoop)]
    public void PlainLoop() => PlainKernel.Gram(paths, Batch, Channels, plain);
}
