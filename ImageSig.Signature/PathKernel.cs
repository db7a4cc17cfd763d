using System.Numerics;
using ImageSig.Signature.Kernels;

namespace ImageSig.Signature;

/// <summary>The signature kernel: the inner product of two paths' whole signatures, without computing either.</summary>
/// <remarks>
/// <para>k solves the Goursat problem <c>∂²k/∂s∂t = ⟨ẋₛ, ẏₜ⟩ k</c>, k = 1 on both axes. Each step is divided into 2^order parts, and with
/// g the inner product of two parts <c>k₁₁ = (k₁₀ + k₀₁)(1 + g/2 + g²/12) − k₀₀ (1 − g²/12)</c>.</para>
/// <para>Computed in double, whatever the paths' type. k grows like <c>exp(2 √(|x| |y|))</c>, |x| and |y| being the paths' lengths. Where it is beyond
/// the range of the type (lengths of about 44 for float, 355 for double) it is +∞, never NaN. Gradients are refused there, and where one of their own numbers is
/// beyond the range: just below its end, or where one path is very short and the other very long. The scheme is exact only
/// for small g: where steps are longer than 1, scale the paths down or raise the order (of lifted paths see below).</para>
/// <para>With a bandwidth σ each point x is first lifted to the function κ(x, ·), <c>κ(x, y) = exp(−|x − y|² / (2σ²))</c>: the kernel of paths of infinitely many channels, joined by straight
/// lines there, in which g is a second difference of κ and no product of steps. It sees where paths stand towards one another, not only their steps.
    /// A point at infinity has κ = 0 with every finite one, and no gradient.</para>
    /// <para>A lifted step is <c>√(2 − 2κ)</c> long, κ being that of its ends: √2 at most, whatever the paths' unit. What makes the steps shorter, and the kernel smaller, is a wider σ, not another scale. Where steps are about σ or
    /// longer, an order of 2 or more is needed. Lengths alone promise that paths of 30 points fit float's range and paths of 250 double's; with a narrow σ it is about 150 and 1200.</para>
/// <para>Sources: Salvi, Cass, Foster, Lyons, Yang, "The signature kernel is the solution of a Goursat PDE", 2021; of lifted paths Király and Oberhauser, "Kernels for sequentially ordered data",
/// JMLR 20, 2019.</para>
/// </remarks>
public sealed class PathKernel
{
    /// <summary>Prepares the kernel.</summary>
    /// <param name="channels">C of both paths.</param>
    /// <param name="dyadicOrder">0…12: each step is divided into 2^order parts; the error falls about fourfold with each.</param>
    /// <param name="bandwidth">σ, 1e-100…1e100, in the paths' own units: points are lifted by a Gaussian of that width. Null takes paths as they are. What sigkernel and pySigLib call sigma is 2σ², scikit-learn's gamma is 1 / (2σ²).</param>
    /// <exception cref="ArgumentOutOfRangeException">Channels below 1, an order outside 0…12, or a bandwidth outside 1e-100…1e100.</exception>
    public PathKernel(int channels, int dyadicOrder, double? bandwidth = null)
    {
        if (channels < 1)
            throw new ArgumentOutOfRangeException(nameof(channels), $"PathKernel: channels is {channels}; a path needs at least 1 channel.");
        if (dyadicOrder is < 0 or > 12)
            throw new ArgumentOutOfRangeException(nameof(dyadicOrder), $"PathKernel: the dyadic order is {dyadicOrder}; it must be 0…12.");
        if (bandwidth is not (null or (>= 1e-100 and <= 1e100)))
            throw new ArgumentOutOfRangeException(nameof(bandwidth), $"PathKernel: the bandwidth is {bandwidth}; it must be 1e-100…1e100, or null for paths as they are.");
        Channels = channels;
        DyadicOrder = dyadicOrder;
        Bandwidth = bandwidth;
    }

    /// <summary>C.</summary>
    public int Channels { get; }

    /// <summary>Each step is divided into 2^order parts.</summary>
    public int DyadicOrder { get; }

    /// <summary>σ, by which points are lifted; null where paths are taken as they are.</summary>
    public double? Bandwidth { get; }

    /// <summary>1 / (2σ²), or 0.</summary>
    private double Decay => Bandwidth is double width ? 0.5 / (width * width) : 0;

    /// <summary>k of one pair of paths, [T, C] and [U, C]; +∞ beyond the range of <typeparamref name="T"/>.</summary>
    /// <exception cref="ArgumentException">No point, or no whole number of points.</exception>
    public unsafe T Evaluate<T>(ReadOnlySpan<T> left, ReadOnlySpan<T> right)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        CheckPoints(nameof(Evaluate), nameof(left), left.Length);
        CheckPoints(nameof(Evaluate), nameof(right), right.Length);
        T result;
        fixed (T* x = left, y = right)
            PairsOf(x, left.Length, y, right.Length, 1, &result).Evaluate(0);
        return result;
    }

    /// <summary>The Gram matrix of two batches. Memory of the working threads only: nothing is allocated for a pair.</summary>
    /// <param name="left">[B, T, C].</param>
    /// <param name="right">[D, U, C].</param>
    /// <param name="leftBatch">B.</param>
    /// <param name="rightBatch">D.</param>
    /// <param name="result">[B, D], overwritten; +∞ where k is beyond the range of <typeparamref name="T"/>.</param>
    /// <param name="threads">1 or more, that share the pairs; the bits do not depend on it.</param>
    /// <remarks>Where both batches are the same memory, one half is computed and the other is its mirror, with the same bits.</remarks>
    /// <exception cref="ArgumentException">Spans that do not hold what is said here, or a result over the paths.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Threads below 1.</exception>
    public unsafe void Gram<T>(ReadOnlySpan<T> left, ReadOnlySpan<T> right, int leftBatch, int rightBatch, Span<T> result, int threads = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        SignatureTransform.CheckThreads("PathKernel.Gram", threads);
        CheckBatches(nameof(Gram), left.Length, right.Length, leftBatch, rightBatch, nameof(result), "the result", result.Length);
        Apart.Check("PathKernel.Gram", "the result overlaps the left paths", result, left, nameof(result));
        Apart.Check("PathKernel.Gram", "the result overlaps the right paths", result, right, nameof(result));
        fixed (T* x = left, y = right, target = result)
            (PairsOf(x, left.Length / leftBatch, y, right.Length / rightBatch, rightBatch, target) with { IsSymmetric = AreSame(left, right, leftBatch, rightBatch) })
                .EvaluateAll(leftBatch, threads);
    }

    /// <summary>The gradients of <c>Σ cotangents · Gram(left, right)</c>, exact for the discretized kernel.</summary>
    /// <param name="left">[B, T, C].</param>
    /// <param name="right">[D, U, C].</param>
    /// <param name="leftBatch">B.</param>
    /// <param name="rightBatch">D.</param>
    /// <param name="cotangents">[B, D].</param>
    /// <param name="leftGradients">[B, T, C], overwritten.</param>
    /// <param name="rightGradients">[D, U, C], overwritten.</param>
    /// <param name="threads">1 or more, that share the pairs of a left path; the bits do not depend on it. Each keeps the fine grids of as many pairs as a register has lanes, or as 128 MB hold, and of two in any case.</param>
    /// <remarks>Where both batches are the same memory, each two paths are worked on once for both of their places in the matrix, in half of the time. There the gradients are those of paths with a
    /// copy of themselves within rounding, not bit for bit: what one path is to the other is added up from the other side. The gradient with respect to the paths is the sum of both.</remarks>
    /// <exception cref="ArgumentException">Spans that do not hold what is said here, gradients over what is read or over one another, or a fine grid larger than an array.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Threads below 1.</exception>
    /// <exception cref="OverflowException">A pair of finite paths whose kernel, or a number of its gradients, is beyond the range of <typeparamref name="T"/>.</exception>
    public unsafe void GramBackward<T>(ReadOnlySpan<T> left, ReadOnlySpan<T> right, int leftBatch, int rightBatch, ReadOnlySpan<T> cotangents, Span<T> leftGradients, Span<T> rightGradients, int threads = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        SignatureTransform.CheckThreads("PathKernel.GramBackward", threads);
        CheckBatches(nameof(GramBackward), left.Length, right.Length, leftBatch, rightBatch, nameof(cotangents), "cotangents", cotangents.Length);
        CheckGradients(nameof(GramBackward), left.Length, right.Length, leftGradients.Length, rightGradients.Length);
        CheckApart(nameof(GramBackward), left, right, leftGradients, rightGradients);
        Apart.Check("PathKernel.GramBackward", "the left gradients overlap the cotangents", leftGradients, cotangents, nameof(leftGradients));
        Apart.Check("PathKernel.GramBackward", "the right gradients overlap the cotangents", rightGradients, cotangents, nameof(rightGradients));
        leftGradients.Clear();
        rightGradients.Clear();
        fixed (T* x = left, y = right, cotangent = cotangents, leftGradient = leftGradients, rightGradient = rightGradients)
            new GramGradient<T>(PairsOf(x, left.Length / leftBatch, y, right.Length / rightBatch, rightBatch, result: null) with { IsSymmetric = AreSame(left, right, leftBatch, rightBatch) })
            {
                Cotangents = cotangent, LeftGradients = leftGradient, RightGradients = rightGradient,
            }.AddAll(leftBatch, threads);
    }

    /// <summary>k, and its gradients with respect to both paths, exact for the discretized kernel.</summary>
    /// <param name="left">[T, C].</param>
    /// <param name="right">[U, C].</param>
    /// <param name="leftGradient">[T, C], overwritten.</param>
    /// <param name="rightGradient">[U, C], overwritten.</param>
    /// <exception cref="ArgumentException">Spans that do not hold what is said here, gradients over what is read or over one another, or a fine grid larger than an array.</exception>
    /// <exception cref="OverflowException">Finite paths whose kernel, or a number of its gradients, is beyond the range of <typeparamref name="T"/>.</exception>
    public unsafe T Backward<T>(ReadOnlySpan<T> left, ReadOnlySpan<T> right, Span<T> leftGradient, Span<T> rightGradient)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        CheckPoints(nameof(Backward), nameof(left), left.Length);
        CheckPoints(nameof(Backward), nameof(right), right.Length);
        CheckGradients(nameof(Backward), left.Length, right.Length, leftGradient.Length, rightGradient.Length);
        CheckApart(nameof(Backward), left, right, leftGradient, rightGradient);
        leftGradient.Clear();
        rightGradient.Clear();
        T result, one = T.One;
        fixed (T* x = left, y = right, toLeft = leftGradient, toRight = rightGradient)
            new GramGradient<T>(PairsOf(x, left.Length, y, right.Length, 1, &result)) { Cotangents = &one, LeftGradients = toLeft, RightGradients = toRight }.AddAll(1, threads: 1);
        return result;
    }

    /// <inheritdoc/>
    public override string ToString() => $"signature kernel of {Channels} channels, dyadic order {DyadicOrder}" + (Bandwidth is null ? "" : $", bandwidth {Bandwidth}");

    private unsafe PathPairs<T> PairsOf<T>(T* left, int leftLength, T* right, int rightLength, int rightBatch, T* result)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => new()
        {
            Left = left, Right = right, LeftPoints = leftLength / Channels, RightPoints = rightLength / Channels, RightBatch = rightBatch, Channels = Channels, Order = DyadicOrder, Decay = Decay, Result = result,
        };

    /// <summary>Whether both batches are the same memory, in the same paths.</summary>
    private static bool AreSame<T>(ReadOnlySpan<T> left, ReadOnlySpan<T> right, int leftBatch, int rightBatch) => left == right && leftBatch == rightBatch;

    private void CheckPoints(string operation, string name, int found)
    {
        if (found == 0 || found % Channels != 0)
            throw new ArgumentException($"PathKernel.{operation}: {name} holds {found} numbers; it needs one or more points of {Channels} channels.", name);
    }

    private static void CheckGradients(string operation, int left, int right, int leftFound, int rightFound)
    {
        if (leftFound != left || rightFound != right)
            throw new ArgumentException($"PathKernel.{operation}: the gradients hold {leftFound} and {rightFound} numbers, the paths {left} and {right}; they have the same shapes.",
                leftFound != left ? "leftGradient" : "rightGradient");
    }

    private static void CheckApart<T>(string operation, ReadOnlySpan<T> left, ReadOnlySpan<T> right, ReadOnlySpan<T> leftGradients, ReadOnlySpan<T> rightGradients)
    {
        if (leftGradients.Overlaps(left) || leftGradients.Overlaps(right) || rightGradients.Overlaps(left) || rightGradients.Overlaps(right) || leftGradients.Overlaps(rightGradients))
            throw new ArgumentException($"PathKernel.{operation}: gradients overlap the paths, or one another; give each memory of its own.", nameof(leftGradients));
    }

    private void CheckBatches(string operation, int left, int right, int leftBatch, int rightBatch, string name, string pairs, int found)
    {
        if (leftBatch < 1 || rightBatch < 1 || left % leftBatch != 0 || right % rightBatch != 0 || found != (long)leftBatch * rightBatch)
            throw new ArgumentException($"PathKernel.{operation}: {left} numbers in {leftBatch} paths against {right} in {rightBatch}, {pairs} of {found}; each batch needs whole paths, and {pairs} one number per pair.", name);
        CheckPoints(operation, nameof(left), left / leftBatch);
        CheckPoints(operation, nameof(right), right / rightBatch);
    }
}
