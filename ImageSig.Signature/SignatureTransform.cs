using System.Numerics;
using ImageSig.Signature.Kernels;

namespace ImageSig.Signature;

/// <summary>Signatures of paths, truncated at a depth: prepared once for (channels, depth), then called from any thread.</summary>
/// <remarks>A path's bits depend on that path alone: neither on the batch it stands in, nor on threads, nor on the vector width.</remarks>
public sealed partial class SignatureTransform
{
    /// <summary>Prepares the transform.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Channels or depth below 1.</exception>
    /// <exception cref="ImageSig.Tensors.SettingException">More features than an array can hold.</exception>
    public SignatureTransform(int channels, int depth, SignatureOptions? options = null)
    {
        Layout = new SignatureLayout(channels, depth);
        Options = options ?? new SignatureOptions();
    }

    /// <summary>Channels, depth and where each word stands.</summary>
    public SignatureLayout Layout { get; }

    /// <summary>The options it was prepared with.</summary>
    public SignatureOptions Options { get; }

    /// <summary>The signature of every path of a batch.</summary>
    /// <param name="paths">[B, T, C].</param>
    /// <param name="batch">B.</param>
    /// <param name="length">T, at least 1; a single point without a basepoint has the identity (all zeros).</param>
    /// <param name="signatures">[B, F], overwritten.</param>
    /// <exception cref="ArgumentException">Spans that do not hold [B, T, C] and [B, F].</exception>
    /// <exception cref="ArgumentOutOfRangeException">A batch below 0, or a length below 1.</exception>
    public void Forward<T>(ReadOnlySpan<T> paths, int batch, int length, Span<T> signatures)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Forward(paths, batch, length, default, signatures);

    /// <summary>The signature of every path of a batch, with what stands in front of each.</summary>
    /// <param name="paths">[B, T, C].</param>
    /// <param name="batch">B.</param>
    /// <param name="length">T, at least 1.</param>
    /// <param name="start">A basepoint or an earlier signature for every path; not together with <see cref="SignatureOptions.Basepoint"/>.</param>
    /// <param name="signatures">[B, F], overwritten.</param>
    /// <param name="threads">1 or more, that share the work; the bits do not depend on it.</param>
    /// <exception cref="ArgumentException">Spans that do not hold what is said here, or one that is written over one that is read.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A batch below 0, a length below 1, or threads below 1.</exception>
    public void Forward<T>(ReadOnlySpan<T> paths, int batch, int length, PathStart<T> start, Span<T> signatures, int threads = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Run(nameof(Forward), null, false, paths, batch, length, start, signatures, threads);
        if (Options.Inverse)
            InvertAll(signatures);
    }

    /// <summary>The signatures of every prefix of every path: number k is that of the first k + 2 points (k + 1 after a basepoint).</summary>
    /// <param name="paths">[B, T, C].</param>
    /// <param name="batch">B.</param>
    /// <param name="length">T, at least 1.</param>
    /// <param name="start">A basepoint or an earlier signature for every path, or default.</param>
    /// <param name="signatures">[B, K, F], overwritten; K is <see cref="PrefixCount{T}"/>.</param>
    /// <param name="threads">1 or more, that share the work; the bits do not depend on it.</param>
    /// <exception cref="ArgumentException">Spans that do not hold what is said here, or one that is written over one that is read.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A batch below 0, a length below 1, or threads below 1.</exception>
    public void Stream<T>(ReadOnlySpan<T> paths, int batch, int length, PathStart<T> start, Span<T> signatures, int threads = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Run(nameof(Stream), null, true, paths, batch, length, start, signatures, threads);
        if (Options.Inverse)
            InvertAll(signatures);
    }

    /// <summary>K: prefixes of a path of <paramref name="length"/> points, <c>T − 1</c>, and one more where a point stands in front.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A length below 1.</exception>
    public int PrefixCount<T>(int length, PathStart<T> start = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        CheckLength(nameof(PrefixCount), length);
        return length - 1 + (Options.Basepoint || !start.Points.IsEmpty ? 1 : 0);
    }

    /// <summary>The multiply-adds of one path of <paramref name="length"/> points, by the fused multiply-exponentiate.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A length below 1.</exception>
    public long MultiplyAdds(int length)
    {
        CheckLength(nameof(MultiplyAdds), length);
        return Layout.StepMultiplyAdds * PrefixCount(length, default(PathStart<double>));
    }

    /// <inheritdoc/>
    public override string ToString() => $"signature of {Layout}";

    /// <summary>Every result of a batch: signatures or, with a plan, log-signatures; whole or streamed.</summary>
    internal unsafe void Run<T>(string operation, LogPlan? log, bool stream, ReadOnlySpan<T> paths, int batch, int length, PathStart<T> start, Span<T> result, int threads)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        string written = log is null ? "signatures" : nameof(result);
        Check(operation, paths.Length, batch, length, start, threads);
        CheckCount(operation, "the result", result.Length, batch, stream ? PrefixCount(length, start) : 1, log?.Length ?? Layout.Length, written);
        Apart.Check(operation, "the result overlaps the paths", result, paths, written);
        Apart.Check(operation, "the result overlaps the start's points", result, start.Points, written);
        Apart.Check(operation, "the result overlaps the start's signatures", result, start.Signatures, written);
        if (result.IsEmpty)
            return;
        fixed (T* path = paths, point = start.Points, initial = start.Signatures, target = result)
        {
            ForwardRequest<T> request = Request(path, batch, length, point, initial, stream, log);
            request.Result = target;
            if (typeof(T) != typeof(float) && typeof(T) != typeof(double))
                ScalarSignature.Forward(request);
            else if (log is not null)
                new LogarithmWork<T>(request, threads).Run();
            else
                new SignatureDispatch<ForwardRequest<T>, T>(request, threads).Run();
        }
    }

    /// <summary>What both directions ask the kernels for.</summary>
    private unsafe ForwardRequest<T> Request<T>(T* path, int batch, int length, T* point, T* initial, bool stream, LogPlan? log)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => new()
        {
            Layout = Layout,
            Paths = path,
            Batch = batch,
            Length = length,
            Points = point,
            ZeroPoint = Options.Basepoint,
            Initial = initial,
            Stream = stream,
            Log = log,
        };

    private void InvertAll<T>(Span<T> signatures)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (; !signatures.IsEmpty; signatures = signatures[Layout.Length..])
            TensorAlgebra.Inverse<T>(Layout, signatures[..Layout.Length], signatures[..Layout.Length]);
    }
}
