using BenchmarkDotNet.Attributes;
using ImageSig.Benchmarks.Plain;
using ImageSig.Benchmarks.Running;
using ImageSig.Tensors;
using ImageSig.Tensors.Autodiff;
using Primitives = System.Numerics.Tensors.TensorPrimitives;

namespace ImageSig.Benchmarks.Networks;

/// <summary>[m, k] times [k, n].</summary>
public sealed record ProductSetting(int M, int K, int N)
{
    public override string ToString() => $"{M} x {K} x {N}";
}

/// <summary>The matrix product: a square one, and that of a shard of the model <c>fc</c> with its first weights.</summary>
[Topic("matrix product", 7)]
public partial class MatMulBenchmarks
{
    private readonly Tape tape = new(new TensorArena(), isTraining: false);
    private Tensor left = null!, right = null!;
    private float[] plain = [], bySpans = [];

    public static IEnumerable<ProductSetting> Settings => [new(512, 512, 512), new(375, 7680, 50)];

    [ParamsSource(nameof(Settings))]
    public ProductSetting Setting { get; set; } = null!;

    [GlobalSetup]
    public void Prepare()
    {
        (int m, int k, int n) = Setting;
        left = RandomNumbers.Tensor(new Shape(m, k), seed: 1);
        right = RandomNumbers.Tensor(new Shape(k, n), seed: 2);
        (plain, bySpans) = (new float[m * n], new float[m * n]);
        PlainLoop();
        TensorPrimitives();
        float[] ours = ImageSig().Span.ToArray();
        Agreement.Check(Programs.PlainLoop, ours, plain);
        Agreement.Check(Programs.TensorPrimitives, ours, bySpans);
        PrepareMathNet(ours);
        PrepareLibTorch(ours);
    }

    [Benchmark(Baseline = true, Description = "ImageSig")]
    public Tensor ImageSig()
    {
        tape.Reset();
        return tape.MatMul(left, right);
    }

    [Benchmark(Description = Programs.PlainLoop)]
    public void PlainLoop() => PlainNetworks.MatMul(Setting.M, Setting.K, Setting.N, left.Span, right.Span, plain);

    /// <summary>The plain loops with the innermost one over whole registers.</summary>
    [Benchmark(Description = Programs.TensorPrimitives)]
    public void TensorPrimitives()
    {
        (int m, int k, int n) = Setting;
        Span<float> a = left.Span, b = right.Span;
        Array.Clear(bySpans);
        for (int row = 0; row < m; row++)
        {
            Span<float> sums = bySpans.AsSpan(row * n, n);
            for (int inner = 0; inner < k; inner++)
                Primitives.MultiplyAdd(b.Slice(inner * n, n), a[row * k + inner], sums, sums);
        }
    }

    partial void PrepareMathNet(float[] ours);

    partial void PrepareLibTorch(float[] ours);
}
