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
    /// <param name="threads">1 or more, that share the work; the bits do not depend on it.</param>
    /// <exception cref="ArgumentException">Spans that do not hold what is said here, or one that is written over one that is read.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A batch below 0, a length below 1, or threads below 1.</exception>
    /// <exception cref="NotSupportedException">Numbers that are neither float nor double.</exception>
    public void Backward<T>(ReadOnlySpan<T> paths, int batch, int length, PathStart<T> start, ReadOnlySpan<T> cotangents, PathGradients<T> gradients, int threads = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        _signature.RunBack(nameof(Backward), _plan, false, paths, batch, length, start, cotangents, gradients, threads);

    /// <summary>The gradient of <c>Σ cotangents · FromSignatures(signatures)</c> with respect to the signatures.</summary>
    /// <param name="signatures">[B, F].</param>
    /// <param name="batch">B.</param>
    /// <param name="cotangents">[B, L].</param>
    /// <param name="gradients">[B, F], overwritten.</param>
    /// <param name="threads">1 or more, that share the work; the bits do not depend on it.</param>
    /// <remarks>As of <see cref="FromSignatures"/>, the signatures are taken as they are, whatever the <see cref="Options"/>.</remarks>
    /// <exception cref="ArgumentException">Spans that do not hold what is said here, or gradients over what is read.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A batch below 0, or threads below 1.</exception>
    /// <exception cref="NotSupportedException">Numbers that are neither float nor double.</exception>
    public void FromSignaturesBackward<T>(ReadOnlySpan<T> signatures, int batch, ReadOnlySpan<T> cotangents, Span<T> gradients, int threads = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        CheckRows(nameof(FromSignaturesBackward), "signatures", signatures.Length, batch, Layout.Length);
        CheckRows(nameof(FromSignaturesBackward), "cotangents", cotangents.Length, batch, Length);
        CheckRows(nameof(FromSignaturesBackward), "gradients", gradients.Length, batch, Layout.Length);
        Apart.Check(nameof(FromSignaturesBackward), "the gradients overlap the signatures", gradients, signatures, nameof(gradients));
        Apart.Check(nameof(FromSignaturesBackward), "the gradients overlap the cotangents", gradients, cotangents, nameof(gradients));
        // A path that stays where it is goes on from each: its signature is that one's, and divides out without a rounding.
        T[] points = new T[batch * Layout.Channels], unmoved = new T[points.Length];
        new SignatureTransform(Layout.Channels, Layout.Depth).RunBack(nameof(FromSignaturesBackward), _plan, false, points, batch, 1, PathStart.After<T>(signatures, points),
            cotangents, new PathGradients<T> { Paths = unmoved, Signatures = gradients }, threads);
    }

    /// <summary>The gradient of <c>Σ cotangents · ToSignatures(logSignatures)</c> with respect to the log-signatures.</summary>
    /// <param name="logSignatures">[B, L], in this transform's basis.</param>
    /// <param name="batch">B.</param>
    /// <param name="cotangents">[B, F].</param>
    /// <param name="gradients">[B, L], overwritten, in this transform's basis.</param>
    /// <param name="threads">1 or more, that share the work; the bits do not depend on it.</param>
    /// <exception cref="ArgumentException">Spans that do not hold what is said here, or gradients over what is read.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A batch below 0, or threads below 1.</exception>
    public unsafe void ToSignaturesBackward<T>(ReadOnlySpan<T> logSignatures, int batch, ReadOnlySpan<T> cotangents, Span<T> gradients, int threads = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        SignatureTransform.CheckThreads(nameof(ToSignaturesBackward), threads);
        CheckRows(nameof(ToSignaturesBackward), "logSignatures", logSignatures.Length, batch, Length);
        CheckRows(nameof(ToSignaturesBackward), "cotangents", cotangents.Length, batch, Layout.Length);
        CheckRows(nameof(ToSignaturesBackward), "gradients", gradients.Length, batch, Length);
        Apart.Check(nameof(ToSignaturesBackward), "the gradients overlap the log-signatures", gradients, logSignatures, nameof(gradients));
        Apart.Check(nameof(ToSignaturesBackward), "the gradients overlap the cotangents", gradients, cotangents, nameof(gradients));
        fixed (T* pinnedLogarithms = logSignatures, pinnedCotangents = cotangents, pinnedGradients = gradients)
        {
            T* logarithms = pinnedLogarithms, ofSignatures = pinnedCotangents, ofLogarithms = pinnedGradients;
            ForRows<T>(batch, threads, (row, room) =>
            {
                Expand(RowOf(logarithms, row, Length), room.Expanded, room.Product);
                TensorAlgebra.ExpBackward<T>(Layout, room.Expanded, RowOf(ofSignatures, row, Layout.Length), room.Gradients);
                ExpandBackward(room.Gradients, RowOf(ofLogarithms, row, Length), room.Product);
            });
        }
    }

    /// <summary>The gradient of <c>Σ cotangents · Stream(paths)</c>.</summary>
    /// <param name="paths">[B, T, C].</param>
    /// <param name="batch">B.</param>
    /// <param name="length">T.</param>
    /// <param name="start">As in the forward pass.</param>
    /// <param name="cotangents">[B, K, L].</param>
    /// <param name="gradients">Where the gradients go.</param>
    /// <param name="threads">1 or more, that share the work; the bits do not depend on it.</param>
    /// <exception cref="ArgumentException">Spans that do not hold what is said here, or one that is written over one that is read.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A batch below 0, a length below 1, or threads below 1.</exception>
    /// <exception cref="NotSupportedException">Numbers that are neither float nor double.</exception>
    public void StreamBackward<T>(ReadOnlySpan<T> paths, int batch, int length, PathStart<T> start, ReadOnlySpan<T> cotangents, PathGradients<T> gradients, int threads = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        _signature.RunBack(nameof(StreamBackward), _plan, true, paths, batch, length, start, cotangents, gradients, threads);
}
