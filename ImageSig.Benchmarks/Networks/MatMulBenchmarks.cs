using BenchmarkDotNet.Attributes;
using ImageSig.Tensors;
using ImageSig.Tensors.Autodiff;

namespace ImageSig.Benchmarks.Networks;

/// <summary>The matrix product at the shapes of the goals. One operation is m·n·k multiply-adds.</summary>
[MemoryDiagnoser]
public class MatMulBenchmarks
{
    private readonly Tape tape = new(new TensorArena(), isTraining: false);
    private Tensor left = null!;
    private Tensor right = null!;

    /// <summary>m, k, n.</summary>
    [Params("512x512x512", "3000x7680x50", "375x7680x50", "2356x360x32")]
    public string Shape { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        int[] sizes = [.. Shape.Split('x').Select(int.Parse)];
        left = Random(new Shape(sizes[0], sizes[1]));
        right = Random(new Shape(sizes[1], sizes[2]));
    }

    [Benchmark]
    public float MatMul()
    {
        tape.Reset();
        return tape.MatMul(left, right).Span[0];
    }

    private static Tensor Random(Shape shape)
    {
        Tensor tensor = new(shape);
        RandomStream random = new(seed: 1, purpose: 0);
        foreach (ref float value in tensor.Span)
            value = random.NextFloat();
        return tensor;
    }
}
