using System.Numerics;

namespace ImageSig.Signature;

public sealed partial class LogSignatureTransform
{
    /// <summary>The gradient of <c>Σ cotangents · Forward(paths)</c> with respect to the paths.</summary>
    /// <param name="paths">[B, T, C].</param>
    /// <param name="batch">B.</param>
    /// <param name="length">T.</param>
    /// <param name="cotangents">[B, L].</param>
    /// <param name="gradients">[B, T, C], overwritten.</param>
    /// <exception cref="ArgumentException">Spans that do not hold what is said here.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A batch below 0, or a length below 1.</exception>
    /// <exception cref="NotSupportedException">Numbers that are neither float nor double.</exception>
    public void Backward<T>(ReadOnlySpan<T> paths, int batch, int length, ReadOnlySpan<T> cotangents, Span<T> gradients)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Backward(paths, batch, length, default, cotangents, new PathGradients<T> { Paths = gradients });

    /// <summary>The same with what stands in front of each path; see <see cref="SignatureTransform"/>.</summary>
    /// <param name="paths">[B, T, C].</param>
    /// <param name="batch">B.</param>
    /// <param name="length">T.</param>
    /// <param name="start">As in the forward pass.</param>
    /// <param name="cotangents">[B, L].</param>
    /// <param name="gradients">Where the gradients go.</param>
    /// <param name="threads">Threads that share the work; the bits do not depend on it.</param>
    /// <exception cref="ArgumentException">Spans that do not hold what is said here.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A batch below 0, or a length below 1.</exception>
    /// <exception cref="NotSupportedException">Numbers that are neither float nor double.</exception>
    public void Backward<T>(ReadOnlySpan<T> paths, int batch, int length, PathStart<T> start, ReadOnlySpan<T> cotangents, PathGradients<T> gradients, int threads = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        _signature.RunBack(nameof(Backward), _plan, false, paths, batch, length, start, cotangents, gradients, threads);

    /// <summary>The gradient of <c>Σ cotangents · Stream(paths)</c>.</summary>
    /// <param name="paths">[B, T, C].</param>
    /// <param name="batch">B.</param>
    /// <param name="length">T.</param>
    /// <param name="start">As in the forward pass.</param>
    /// <param name="cotangents">[B, K, L].</param>
    /// <param name="gradients">Where the gradients go.</param>
    /// <param name="threads">Threads that share the work; the bits do not depend on it.</param>
    /// <exception cref="ArgumentException">Spans that do not hold what is said here.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A batch below 0, or a length below 1.</exception>
    /// <exception cref="NotSupportedException">Numbers that are neither float nor double.</exception>
    public void StreamBackward<T>(ReadOnlySpan<T> paths, int batch, int length, PathStart<T> start, ReadOnlySpan<T> cotangents, PathGradients<T> gradients, int threads = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        _signature.RunBack(nameof(StreamBackward), _plan, true, paths, batch, length, start, cotangents, gradients, threads);
}
