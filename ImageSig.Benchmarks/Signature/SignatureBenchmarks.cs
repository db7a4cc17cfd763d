using BenchmarkDotNet.Attributes;
using ImageSig.Signature;

namespace ImageSig.Benchmarks.Signature;

/// <summary>The shapes that signature libraries are compared by, float32, one thread: forward, log-signature (words), backward.
/// <c>imagesig bench signature</c> measures the same without BenchmarkDotNet, in float64 too.</summary>
[MemoryDiagnoser]
public class SignatureBenchmarks
{
    private (int Batch, int Length, int Channels, int Depth) shape;
    private SignatureTransform signature = null!;
    private LogSignatureTransform logarithm = null!;
    private float[] paths = [];
    private float[] signatures = [];
    private float[] logs = [];
    private float[] gradients = [];

    /// <summary>S1: the rows of 256 images of 64x64. The others: long, wide or deep.</summary>
    [Params("S1_d1", "S1_d2", "S1_d3", "S1_d4", "S1_d5", "S1_d6", "S3a", "S3b", "S3c", "S3d", "S3e", "S5a", "S5b")]
    public string Workload { get; set; } = "";

    [GlobalSetup]
    public void Prepare()
    {
        shape = Workload switch
        {
            "S3a" => (32, 128, 4, 7),
            "S3b" => (128, 256, 4, 6),
            "S3c" => (128, 512, 8, 5),
            "S3d" => (128, 1024, 16, 4),
            "S3e" => (1, 1024, 5, 5),
            "S5a" => (32, 128, 4, 6),
            "S5b" => (32, 128, 3, 8),
            _ => (16384, 64, 3, Workload[^1] - '0'),
        };
        signature = new SignatureTransform(shape.Channels, shape.Depth);
        logarithm = new LogSignatureTransform(shape.Channels, shape.Depth, LogSignatureBasis.Words);
        paths = new float[shape.Batch * shape.Length * shape.Channels];
        var random = new Random(1);
        foreach (ref float value in paths.AsSpan())
            value = random.NextSingle();
        signatures = new float[shape.Batch * signature.Layout.Length];
        logs = new float[shape.Batch * logarithm.Length];
        gradients = new float[paths.Length];
    }

    [Benchmark(Baseline = true)]
    public void Forward() => signature.Forward<float>(paths, shape.Batch, shape.Length, signatures);

    [Benchmark]
    public void LogSignature() => logarithm.Forward<float>(paths, shape.Batch, shape.Length, logs);

    [Benchmark]
    public void Backward() => signature.Backward<float>(paths, shape.Batch, shape.Length, signatures, gradients);
}
