using BenchmarkDotNet.Attributes;
using ImageSig.Benchmarks.Peers;
using ImageSig.Benchmarks.Running;
using static TorchSharp.torch;

namespace ImageSig.Benchmarks.Signature;

/// <summary>A pass of <see cref="PathWork"/> in the operations of LibTorch; its gradients are those of its tape.</summary>
internal sealed class TorchPass
{
    private readonly PathPass pass;
    private readonly int depth;
    private readonly Tensor paths, words, cotangents;

    public TorchPass(PathSetting setting, PathPass pass, PathWork work)
    {
        (this.pass, depth) = (pass, setting.Depth);
        paths = tensor(work.Paths, [setting.Batch, setting.Length, setting.Channels], requires_grad: pass == PathPass.Backward);
        words = tensor([.. work.Words.Select(word => (long)word)], int64);
        cotangents = tensor(work.Cotangents, [setting.Batch, work.Cotangents.Length / setting.Batch]);
        Agreement.Check(Programs.LibTorch, work.Ours, Run(keep: true), PathWork.Tolerance(pass));
    }

    /// <summary>Computes, and tells the result if it is to be kept.</summary>
    public float[] Run(bool keep = false)
    {
        using var scope = NewDisposeScope();
        using var mode = pass == PathPass.Backward ? null : inference_mode();
        Tensor result = pass == PathPass.LogSignature ? TorchPaths.LogSignatures(paths, depth, words) : TorchPaths.Signatures(paths, depth);
        if (pass == PathPass.Backward)
        {
            paths.grad = null;
            result.backward([cotangents]);
            result = paths.grad!;
        }
        return keep ? [.. result.contiguous().data<float>()] : [];
    }
}

public abstract partial class PathBenchmarks
{
    private TorchPass? torch;

    partial void PrepareLibTorch() => torch = Programs.HasLibTorch ? new(Path, Pass, Work) : null;

    [Benchmark(Description = Programs.LibTorch)]
    public void LibTorch() => torch!.Run();
}

public partial class GridBenchmarks
{
    private Tensor? torchImages;

    partial void PrepareLibTorch()
    {
        if (!Programs.HasLibTorch)
            return;
        torchImages = tensor(images, [Batch, Side, Side, Channels]);
        using var scope = NewDisposeScope();
        Agreement.Check(Programs.LibTorch, ours, [.. TorchPaths.Grid(torchImages, Depth, Window).contiguous().data<float>()]);
    }

    [Benchmark(Description = Programs.LibTorch)]
    public void LibTorch()
    {
        using var scope = NewDisposeScope();
        using var mode = inference_mode();
        TorchPaths.Grid(torchImages!, Depth, Window);
    }
}
