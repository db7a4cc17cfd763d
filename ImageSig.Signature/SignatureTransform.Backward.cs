using System.Numerics;
using ImageSig.Signature.Kernels;

namespace ImageSig.Signature;

public sealed partial class SignatureTransform
{
    /// <summary>The gradient of <c>Σ cotangents · Forward(paths)</c> with respect to the paths.</summary>
    /// <param name="paths">[B, T, C].</param>
    /// <param name="batch">B.</param>
    /// <param name="length">T.</param>
    /// <param name="cotangents">[B, F].</param>
    /// <param name="gradients">[B, T, C], overwritten.</param>
    /// <exception cref="ArgumentException">Spans that do not hold what is said here.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A batch below 0, or a length below 1.</exception>
    /// <exception cref="NotSupportedException">Numbers that are neither float nor double.</exception>
    public void Backward<T>(ReadOnlySpan<T> paths, int batch, int length, ReadOnlySpan<T> cotangents, Span<T> gradients)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Backward(paths, batch, length, default, cotangents, new PathGradients<T> { Paths = gradients });

    /// <summary>The same with what stands in front of each path.</summary>
    /// <param name="paths">[B, T, C].</param>
    /// <param name="batch">B.</param>
    /// <param name="length">T.</param>
    /// <param name="start">As in the forward pass.</param>
    /// <param name="cotangents">[B, F].</param>
    /// <param name="gradients">Where the gradients go.</param>
    /// <param name="threads">1 or more, that share the work; the bits do not depend on it.</param>
    /// <remarks>Memory does not grow with T: the path is walked backwards from its end, each step divided out of the signature. In float32 the
    /// rounding errors of that walk add up like those of the forward pass.</remarks>
    /// <exception cref="ArgumentException">Spans that do not hold what is said here, or one that is written over one that is read.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A batch below 0, a length below 1, or threads below 1.</exception>
    /// <exception cref="NotSupportedException">Numbers that are neither float nor double.</exception>
    public void Backward<T>(ReadOnlySpan<T> paths, int batch, int length, PathStart<T> start, ReadOnlySpan<T> cotangents, PathGradients<T> gradients, int threads = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        RunBack(nameof(Backward), null, false, paths, batch, length, start, cotangents, gradients, threads);

    /// <summary>The gradient of <c>Σ cotangents · Stream(paths)</c>.</summary>
    /// <param name="paths">[B, T, C].</param>
    /// <param name="batch">B.</param>
    /// <param name="length">T.</param>
    /// <param name="start">As in the forward pass.</param>
    /// <param name="cotangents">[B, K, F].</param>
    /// <param name="gradients">Where the gradients go.</param>
    /// <param name="threads">1 or more, that share the work; the bits do not depend on it.</param>
    /// <exception cref="ArgumentException">Spans that do not hold what is said here, or one that is written over one that is read.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A batch below 0, a length below 1, or threads below 1.</exception>
    /// <exception cref="NotSupportedException">Numbers that are neither float nor double.</exception>
    public void StreamBackward<T>(ReadOnlySpan<T> paths, int batch, int length, PathStart<T> start, ReadOnlySpan<T> cotangents, PathGradients<T> gradients, int threads = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        RunBack(nameof(StreamBackward), null, true, paths, batch, length, start, cotangents, gradients, threads);

    internal unsafe void RunBack<T>(string operation, LogPlan? log, bool stream, ReadOnlySpan<T> paths, int batch, int length, PathStart<T> start,
        ReadOnlySpan<T> cotangents, PathGradients<T> gradients, int threads)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (typeof(T) != typeof(float) && typeof(T) != typeof(double))
            throw new NotSupportedException($"{operation}: gradients are computed in float and double, not in {typeof(T).Name}; convert the paths first.");
        Check(operation, paths.Length, batch, length, start, threads);
        CheckCount(operation, "cotangents", cotangents.Length, batch, stream ? PrefixCount(length, start) : 1, log?.Length ?? Layout.Length);
        CheckCount(operation, "the paths' gradients", gradients.Paths.Length, batch, length, Layout.Channels);
        if (!gradients.Points.IsEmpty && start.Points.IsEmpty && !Options.Basepoint)
            throw new ArgumentException($"{operation}: gradients of the points in front are asked for, and no point stands in front; give a start, or no room for them.", nameof(gradients));
        if (!gradients.Points.IsEmpty)
            CheckCount(operation, "the points' gradients", gradients.Points.Length, batch, 1, Layout.Channels);
        if (!gradients.Signatures.IsEmpty)
            CheckCount(operation, "the signatures' gradients", gradients.Signatures.Length, batch, 1, Layout.Length);
        CheckApart(operation, paths, start, cotangents, gradients);
        if (batch == 0)
            return;
        T[]? turned = Options.Inverse ? Turn(cotangents, log) : null;
        fixed (T* path = paths, point = start.Points, initial = start.Signatures, cotangent = turned ?? cotangents)
        fixed (T* pathGradient = gradients.Paths, pointGradient = gradients.Points, initialGradient = gradients.Signatures)
        {
            new SignatureDispatch<BackwardRequest<T>, T>(new()
            {
                Forward = Request(path, batch, length, point, initial, stream, log),
                Cotangents = cotangent,
                Paths = pathGradient,
                Points = pointGradient,
                Initial = initialGradient,
            }, threads).Run(batch);
        }
    }

    /// <summary>Inverting moves and negates coefficients; it is its own transpose. A logarithm is only negated.</summary>
    private T[] Turn<T>(ReadOnlySpan<T> cotangents, LogPlan? log)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] turned = cotangents.ToArray();
        if (log is null)
            InvertAll<T>(turned);
        else
            foreach (ref T value in turned.AsSpan())
                value = -value;
        return turned;
    }
}
