using System.Numerics;
using ImageSig.Signature.Kernels;

namespace ImageSig.Signature;

/// <summary>Signatures of paths, truncated at a depth: prepared once for (channels, depth), then called from any thread.</summary>
/// <remarks>A path's bits depend on that path alone: neither on the batch it stands in, nor on threads, nor on the vector width.</remarks>
public sealed partial class SignatureTransform
{
    /// <summary>Prepares the transform.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Channels or depth below 1, or too many features.</exception>
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
    public void Forward<T>(ReadOnlySpan<T> paths, int batch, int length, Span<T> signatures)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Forward(paths, batch, length, default, signatures);

    /// <summary>The signature of every path of a batch, with what stands in front of each.</summary>
    /// <param name="paths">[B, T, C].</param>
    /// <param name="batch">B.</param>
    /// <param name="length">T, at least 1.</param>
    /// <param name="start">A basepoint or an earlier signature for every path; not together with <see cref="SignatureOptions.Basepoint"/>.</param>
    /// <param name="signatures">[B, F], overwritten.</param>
    /// <param name="threads">Threads that share the work; the bits do not depend on it.</param>
    /// <exception cref="ArgumentException">Spans that do not hold what is said here.</exception>
    public unsafe void Forward<T>(ReadOnlySpan<T> paths, int batch, int length, PathStart<T> start, Span<T> signatures, int threads = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Check(nameof(Forward), paths.Length, batch, length, start, signatures.Length, Layout.Length);
        if (batch == 0)
            return;
        fixed (T* path = paths, point = start.Points, initial = start.Signatures, result = signatures)
        {
            if (typeof(T) == typeof(float) || typeof(T) == typeof(double))
                SignatureDispatch<T>.Forward(Request(path, batch, length, point, initial, result), threads);
            else
                ScalarSignature.Forward(Request(path, batch, length, point, initial, result));
        }
        if (Options.Inverse)
            for (int index = 0; index < batch; index++)
            {
                Span<T> signature = signatures.Slice(index * Layout.Length, Layout.Length);
                TensorAlgebra.Inverse<T>(Layout, signature, signature);
            }
    }

    private unsafe ForwardRequest<T> Request<T>(T* paths, int batch, int length, T* points, T* initial, T* result)
        where T : unmanaged => new()
        {
            Layout = Layout,
            Paths = paths,
            Batch = batch,
            Length = length,
            Points = points,
            ZeroPoint = Options.Basepoint,
            Initial = initial,
            Result = result,
        };
}
