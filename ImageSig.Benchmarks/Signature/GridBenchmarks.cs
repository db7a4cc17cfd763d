using BenchmarkDotNet.Attributes;
using ImageSig.Benchmarks.Plain;
using ImageSig.Benchmarks.Running;
using ImageSig.Signature;

namespace ImageSig.Benchmarks.Signature;

/// <summary>The signature grid of the model <c>grid</c>, on images of 64x64 that its first convolution has lifted to 8 channels.</summary>
[Topic("signature grid", 6)]
public partial class GridBenchmarks
{
    private const int Batch = 8, Side = 32, Channels = 8, Depth = 2, Window = 4;
    private readonly SignatureGrid grid = new(Channels, Depth, Window);
    private readonly PlainGrid loops = new(Channels, Depth, Window);
    private readonly float[] images = RandomNumbers.Floats(Batch * Side * Side * Channels);
    private float[] ours = [], plain = [];

    [Params("8 x 32 x 32 x 8, depth 2, windows of 4")]
    public string Setting { get; set; } = "";

    [GlobalSetup]
    public void Prepare()
    {
        int cells = Batch * (Side / Window) * (Side / Window) * grid.Features;
        (ours, plain) = (new float[cells], new float[cells]);
        ImageSig();
        PlainLoop();
        Agreement.Check(Programs.PlainLoop, ours, plain);
        PrepareLibTorch();
    }

    [Benchmark(Baseline = true, Description = "ImageSig")]
    public void ImageSig() => grid.Forward<float>(images, Batch, Side, Side, ours);

    [Benchmark(Description = Programs.PlainLoop)]
    public void PlainLoop() => loops.Forward(images, Batch, Side, Side, plain);

    partial void PrepareLibTorch();
}
