using BenchmarkDotNet.Attributes;
using ImageSig.Benchmarks.Plain;
using ImageSig.Benchmarks.Running;
using ImageSig.Tensors;
using ImageSig.Tensors.Autodiff;

namespace ImageSig.Benchmarks.Networks;

/// <summary>Scaled dot-product attention among the 64 streams of each of 16 images, forward.</summary>
[Topic("attention", 9)]
public partial class AttentionBenchmarks
{
    private const int Batch = 16, Length = 64, Heads = 4, Size = 16;
    private readonly Tape tape = new(new TensorArena(), isTraining: false);
    private readonly Tensor queries = Random(1), keys = Random(2), values = Random(3);
    private readonly float[] plain = new float[Batch * Length * Heads * Size];

    [Params("16 x 64 positions, 4 heads of 16")]
    public string Setting { get; set; } = "";

    [GlobalSetup]
    public void Prepare()
    {
        PlainLoop();
        float[] ours = ImageSig().Span.ToArray();
        Agreement.Check(Programs.PlainLoop, ours, plain);
        PrepareLibTorch(ours);
    }

    [Benchmark(Baseline = true, Description = "ImageSig")]
    public Tensor ImageSig()
    {
        tape.Reset();
        return tape.Attention(queries, keys, values, new AttentionOptions { Heads = Heads });
    }

    [Benchmark(Description = Programs.PlainLoop)]
    public void PlainLoop() => PlainNetworks.Attend(queries.Span, keys.Span, values.Span, Batch, Length, Heads, Size, plain);

    private static Tensor Random(int seed) => RandomNumbers.Tensor(new Shape(Batch, Length, Heads * Size), seed);

    partial void PrepareLibTorch(float[] ours);
}
