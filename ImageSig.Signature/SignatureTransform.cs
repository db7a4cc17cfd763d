using System.Buffers;
using System.Numerics;

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
    /// <exception cref="ArgumentException">Spans that do not hold what is said here.</exception>
    public void Forward<T>(ReadOnlySpan<T> paths, int batch, int length, PathStart<T> start, Span<T> signatures)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Check(nameof(Forward), paths.Length, batch, length, start, signatures.Length, Layout.Length);
        T[] rented = ArrayPool<T>.Shared.Rent(TensorAlgebra.ScratchLength(Layout) + Layout.Channels + Layout.Length);
        try
        {
            for (int path = 0; path < batch; path++)
                ForwardOne(paths.Slice(path * length * Layout.Channels, length * Layout.Channels), path, start,
                    signatures.Slice(path * Layout.Length, Layout.Length), rented);
        }
        finally
        {
            ArrayPool<T>.Shared.Return(rented);
        }
    }

    private void ForwardOne<T>(ReadOnlySpan<T> path, int index, PathStart<T> start, Span<T> signature, Span<T> workspace)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int channels = Layout.Channels;
        Span<T> increment = workspace[..channels], scratch = workspace[channels..];
        if (start.Signatures.IsEmpty)
            signature.Clear();
        else
            start.Signatures.Slice(index * Layout.Length, Layout.Length).CopyTo(signature);
        if (Options.Basepoint || !start.Points.IsEmpty)
        {
            for (int channel = 0; channel < channels; channel++)
                increment[channel] = start.Points.IsEmpty ? path[channel] : path[channel] - start.Points[index * channels + channel];
            TensorAlgebra.FusedMultiplyExponential(Layout, signature, increment, scratch);
        }
        for (int point = channels; point < path.Length; point += channels)
        {
            for (int channel = 0; channel < channels; channel++)
                increment[channel] = path[point + channel] - path[point - channels + channel];
            TensorAlgebra.FusedMultiplyExponential(Layout, signature, increment, scratch);
        }
        if (Options.Inverse)
        {
            Span<T> forward = scratch[..Layout.Length];
            signature.CopyTo(forward);
            TensorAlgebra.Inverse(Layout, forward, signature);
        }
    }
}
