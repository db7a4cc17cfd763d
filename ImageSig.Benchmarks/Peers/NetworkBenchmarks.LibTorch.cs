using BenchmarkDotNet.Attributes;
using ImageSig.Benchmarks.Peers;
using ImageSig.Benchmarks.Running;
using ImageSig.NN;
using TorchSharp;
using static TorchSharp.torch;
using Functional = TorchSharp.torch.nn.functional;

namespace ImageSig.Benchmarks.Networks;

public partial class MatMulBenchmarks
{
    private torch.Tensor? torchLeft, torchRight;

    partial void PrepareLibTorch(float[] ours)
    {
        if (!Programs.HasLibTorch)
            return;
        torchLeft = tensor(left.Span.ToArray(), [Setting.M, Setting.K]);
        torchRight = tensor(right.Span.ToArray(), [Setting.K, Setting.N]);
        using torch.Tensor theirs = mm(torchLeft, torchRight);
        Agreement.Check(Programs.LibTorch, ours, [.. theirs.data<float>()]);
    }

    [Benchmark(Description = Programs.LibTorch)]
    public void LibTorch()
    {
        using var mode = inference_mode();
        mm(torchLeft!, torchRight!).Dispose();
    }
}

public partial class ConvolutionBenchmarks
{
    private torch.Tensor? torchImages, torchWeights;

    partial void PrepareLibTorch(float[] ours)
    {
        if (!Programs.HasLibTorch)
            return;
        torchImages = tensor(images.Span.ToArray(), [Setting.Batch, Setting.Side, Setting.Side, Setting.Channels]).permute(0, 3, 1, 2).contiguous();
        torchWeights = tensor(weights.Span.ToArray(), [Kernel, Kernel, Setting.Channels, Setting.Outputs]).permute(3, 2, 0, 1).contiguous();
        using torch.Tensor theirs = Convolve().permute(0, 2, 3, 1).contiguous();
        Agreement.Check(Programs.LibTorch, ours, [.. theirs.data<float>()]);
    }

    [Benchmark(Description = Programs.LibTorch)]
    public void LibTorch()
    {
        using var mode = inference_mode();
        Convolve().Dispose();
    }

    private torch.Tensor Convolve() => Functional.conv2d(torchImages!, torchWeights!, null, [Setting.Stride, Setting.Stride], [Padding, Padding]);
}

public partial class AttentionBenchmarks
{
    private torch.Tensor? torchQueries, torchKeys, torchValues;

    partial void PrepareLibTorch(float[] ours)
    {
        if (!Programs.HasLibTorch)
            return;
        (torchQueries, torchKeys, torchValues) = (Heads(queries), Heads(keys), Heads(values));
        using torch.Tensor theirs = Attend().transpose(1, 2).contiguous();
        Agreement.Check(Programs.LibTorch, ours, [.. theirs.data<float>()]);

        static torch.Tensor Heads(Tensors.Tensor all) => tensor(all.Span.ToArray(), [Batch, Length, AttentionBenchmarks.Heads, Size]).transpose(1, 2).contiguous();
    }

    [Benchmark(Description = Programs.LibTorch)]
    public void LibTorch()
    {
        using var mode = inference_mode();
        Attend().Dispose();
    }

    private torch.Tensor Attend() => Functional.scaled_dot_product_attention(torchQueries!, torchKeys!, torchValues!);
}

public partial class TrainingStepBenchmarks
{
    private TorchNetwork? network;
    private optim.Optimizer? optimizer;
    private torch.Tensor? torchBatch, torchLabels;

    partial void PrepareLibTorch(IReadOnlyList<Layer> layers, RandomSamples samples)
    {
        if (!Programs.HasLibTorch)
            return;
        network = new(layers, isTraining: true);
        optimizer = optim.Adam(network.Parameters, LearningRate);
        torchBatch = network.Samples(samples.Values, samples.Count, samples.SampleShape);
        torchLabels = tensor([.. Enumerable.Range(0, samples.Count).Select(index => (long)samples.Label(index))], int64);
    }

    partial void CheckLibTorch(float[] losses)
    {
        if (!Programs.HasLibTorch)
            return;
        float[] theirs = new float[losses.Length];
        foreach (ref float loss in theirs.AsSpan())
            loss = LibTorch();
        Agreement.Check(Programs.LibTorch, losses, theirs, 1e-3);
    }

    [Benchmark(Description = Programs.LibTorch)]
    public float LibTorch()
    {
        using var scope = NewDisposeScope();
        optimizer!.zero_grad();
        torch.Tensor loss = Functional.cross_entropy(network!.Forward(torchBatch!), torchLabels!);
        loss.backward();
        optimizer.step();
        return loss.item<float>();
    }
}

public partial class NetworkBenchmarks
{
    private TorchNetwork? network;
    private torch.Tensor? torchSample;

    partial void PrepareLibTorch(IReadOnlyList<Layer> layers)
    {
        if (!Programs.HasLibTorch)
            return;
        network = new(layers, isTraining: false);
        torchSample = network.Samples(sample, 1, Setting.Sample);
        using torch.Tensor theirs = network.Forward(torchSample);
        Agreement.Check(Programs.LibTorch, scores, [.. theirs.data<float>()]);
    }

    [Benchmark(Description = Programs.LibTorch)]
    public void LibTorch()
    {
        using var scope = NewDisposeScope();
        using var mode = inference_mode();
        network!.Forward(torchSample!);
    }
}
