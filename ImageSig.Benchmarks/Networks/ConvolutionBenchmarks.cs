using BenchmarkDotNet.Attributes;
using ImageSig.Benchmarks.Plain;
using ImageSig.Benchmarks.Running;
using ImageSig.Tensors;
using ImageSig.Tensors.Autodiff;

namespace ImageSig.Benchmarks.Networks;

/// <summary>Square images, C channels to O, kernels of 3, zeros around.</summary>
public sealed record ConvolutionSetting(int Batch, int Side, int Channels, int Outputs, int Stride)
{
    public override string ToString() => $"{Batch} x {Side} x {Side} x {Channels} to {Outputs}, 3 x 3{(Stride == 1 ? "" : $", stride {Stride}")}";
}

/// <summary>Convolutions over pixels: the first and a later one of the model <c>cnn</c>, forward.</summary>
[Topic("convolution", 8)]
public partial class ConvolutionBenchmarks
{
    private const int Kernel = 3, Padding = 1;
    private readonly Tape tape = new(new TensorArena(), isTraining: false);
    private Tensor images = null!, weights = null!;
    private Convolution2DOptions options;
    private float[] plain = [];

    public static IEnumerable<ConvolutionSetting> Settings => [new(16, 64, 3, 16, 2), new(16, 16, 32, 64, 1)];

    [ParamsSource(nameof(Settings))]
    public ConvolutionSetting Setting { get; set; } = null!;

    [GlobalSetup]
    public void Prepare()
    {
        images = RandomNumbers.Tensor(new Shape(Setting.Batch, Setting.Side, Setting.Side, Setting.Channels), seed: 1);
        weights = RandomNumbers.Tensor(new Shape(Kernel, Kernel, Setting.Channels, Setting.Outputs), seed: 2);
        options = new() { Stride = Setting.Stride, Padding = Padding };
        float[] ours = ImageSig().Span.ToArray();
        plain = new float[ours.Length];
        PlainLoop();
        Agreement.Check(Programs.PlainLoop, ours, plain);
        PrepareLibTorch(ours);
    }

    [Benchmark(Baseline = true, Description = "ImageSig")]
    public Tensor ImageSig()
    {
        tape.Reset();
        return tape.Conv2D(images, weights, bias: null, options);
    }

    [Benchmark(Description = Programs.PlainLoop)]
    public void PlainLoop() => PlainNetworks.Convolve(
        images.Span, Setting.Batch, Setting.Side, Setting.Channels, weights.Span, Kernel, Setting.Outputs, Setting.Stride, Padding, plain);

    partial void PrepareLibTorch(float[] ours);
}
