using System.Numerics;
using ImageSig.Signature.Kernels;
using ImageSig.Tensors;
using ImageSig.Tensors.Kernels;

namespace ImageSig.Signature;

/// <summary>Signed roots of signature levels, <c>r(x) = sign(x) ((|x| + ε)^(1/k) − ε^(1/k))</c> for every number x of level k.</summary>
/// <remarks>
/// <para>Level k of a path scaled by λ is scaled by λᵏ (homogeneity): its k-th root is again on the scale of the path itself, and the heavy tails that products
/// have are gone. ε rounds off the root's steep origin: the slope is at most <c>ε^(1/k − 1) / k</c>. Level 1 stays as it is. Source: Perronnin, Sánchez, Mensink,
/// "Improving the Fisher kernel", ECCV 2010, where it is called power normalization.</para>
/// <para>In place, one row after the other. Thread-safe; a row's bits depend on that row alone, not on the vector width. Numbers above three quarters of the largest, and infinities, may give NaN.</para>
/// </remarks>
public sealed class SignedRoots
{
    /// <summary>The ε that was found to work, for paths in units of pixels, 0…1, and of normalized channels.</summary>
    public const double DefaultEpsilon = 0.01;

    /// <summary>The smallest ε: below it, the slope at the origin is too steep for gradients in float.</summary>
    public const float MinEpsilon = 1e-6f;

    /// <summary>The largest ε.</summary>
    public const float MaxEpsilon = 1;

    private readonly (int Start, int Length, int Degree)[] runs;

    private SignedRoots(IEnumerable<(int Length, int Degree)> levels, double epsilon)
    {
        if (!(epsilon >= MinEpsilon && epsilon <= MaxEpsilon))
            throw new ArgumentOutOfRangeException(nameof(epsilon), $"SignedRoots: epsilon is {epsilon}; {MinEpsilon} to {MaxEpsilon} is possible.");
        Epsilon = epsilon;
        Levels = [.. levels];
        List<(int Start, int Length, int Degree)> found = [];
        foreach ((int length, int degree) in Levels)
        {
            if (degree > 1)
                found.Add((Length, length, degree));
            Length += length;
        }
        runs = [.. found];
    }

    /// <summary>ε; rows of float are taken with the nearest float.</summary>
    public double Epsilon { get; }

    /// <summary>What a row consists of: how many numbers of which level, one after the other.</summary>
    internal IReadOnlyList<(int Length, int Degree)> Levels { get; }

    /// <summary>F, the numbers of a row.</summary>
    public int Length { get; }

    /// <summary>For rows that are signatures.</summary>
    /// <exception cref="ArgumentOutOfRangeException">ε is out of range.</exception>
    public static SignedRoots OfSignatures(SignatureLayout layout, double epsilon = DefaultEpsilon)
    {
        ArgumentNullException.ThrowIfNull(layout);
        return new(LevelsOf(layout), epsilon);
    }

    /// <summary>For rows that are log-signatures.</summary>
    /// <exception cref="ArgumentOutOfRangeException">ε is out of range, channels or depth are below 1, or there is no such basis.</exception>
    /// <exception cref="SettingException">More features than an array can hold.</exception>
    public static SignedRoots OfLogSignatures(int channels, int depth, LogSignatureBasis basis, double epsilon = DefaultEpsilon)
    {
        if (!Enum.IsDefined(basis))
            throw new ArgumentOutOfRangeException(nameof(basis), $"SignedRoots: basis {(int)basis} is none of Expanded, Words and Brackets.");
        SignatureLayout layout = new(channels, depth);
        return basis == LogSignatureBasis.Expanded
            ? OfSignatures(layout, epsilon)
            : new(LyndonWords.Counts(layout).Select((words, level) => (words, level)).Skip(1), epsilon);
    }

    /// <summary>For rows that are the cells of a <see cref="SignatureGrid"/>: twice a mean point, which is of level 1, and a signature.</summary>
    /// <param name="grid">Whose cells.</param>
    /// <param name="epsilon">ε.</param>
    /// <param name="cells">How many cells stand side by side in a row, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">ε is out of range, or there are no cells.</exception>
    /// <exception cref="SettingException">So many cells are a row of more numbers than an array can hold.</exception>
    public static SignedRoots OfCells(SignatureGrid grid, double epsilon = DefaultEpsilon, int cells = 1)
    {
        ArgumentNullException.ThrowIfNull(grid);
        ArgumentOutOfRangeException.ThrowIfLessThan(cells, 1);
        if ((long)cells * grid.Features > Array.MaxLength)
            throw new SettingException($"SignedRoots: {cells} cells of {grid.Features} numbers are more than the {Array.MaxLength} of an array; take fewer side by side.");
        (int, int)[] direction = [(grid.Layout.Channels, 1), .. LevelsOf(grid.Layout)];
        return new(Sequences.Repeat(direction, 2 * cells).SelectMany(levels => levels), epsilon);
    }

    /// <summary><c>values ← r(values)</c>.</summary>
    /// <param name="values">[rows, <see cref="Length"/>].</param>
    /// <exception cref="ArgumentException">Not whole rows.</exception>
    public unsafe void Forward<T>(Span<T> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Check<T>(nameof(Forward), values.Length);
        fixed (T* value = values)
            LaneDispatch.Run<ForwardWork<T>, T>(new(this, value, values.Length));
    }

    /// <summary><c>gradients ← gradients · r′(x)</c>, where r(x) are the <paramref name="roots"/> that <see cref="Forward{T}(Span{T})"/> gave: x itself is not needed.</summary>
    /// <param name="roots">[rows, <see cref="Length"/>].</param>
    /// <param name="gradients">[rows, <see cref="Length"/>], of the roots; then of what they were taken of.</param>
    /// <exception cref="ArgumentException">Not whole rows, not as many of both, or gradients over other rows of the roots.</exception>
    public unsafe void Backward<T>(ReadOnlySpan<T> roots, Span<T> gradients)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Check<T>(nameof(Backward), roots.Length);
        if (gradients.Length != roots.Length)
            throw new ArgumentException($"SignedRoots.Backward: gradients holds {gradients.Length} numbers, roots {roots.Length}; they have the same shape.");
        Apart.CheckUnlessSame("SignedRoots.Backward", "the gradients overlap other roots", gradients, roots, nameof(gradients));
        fixed (T* root = roots, gradient = gradients)
            LaneDispatch.Run<BackwardWork<T>, T>(new(this, root, gradient, roots.Length));
    }

    internal unsafe void Forward<TLanes, TVector, T>(T* values, int count)
        where TLanes : struct, ILanes<TVector, T>
        where TVector : struct
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T epsilon = T.CreateTruncating(Epsilon);
        foreach ((int start, int length, int degree) in runs)
            SignedRootLanes<TLanes, TVector, T>.Forward(values + start, count / Length, Length, length, degree, epsilon);
    }

    internal unsafe void Backward<TLanes, TVector, T>(T* roots, T* gradients, int count)
        where TLanes : struct, ILanes<TVector, T>
        where TVector : struct
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T epsilon = T.CreateTruncating(Epsilon);
        foreach ((int start, int length, int degree) in runs)
            SignedRootLanes<TLanes, TVector, T>.Backward(roots + start, gradients + start, count / Length, Length, length, degree, epsilon);
    }

    private readonly unsafe struct ForwardWork<T>(SignedRoots roots, T* values, int count) : ILaneWork<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public void Run<TLanes, TVector>()
            where TLanes : struct, ILanes<TVector, T>
            where TVector : struct => roots.Forward<TLanes, TVector, T>(values, count);
    }

    private readonly unsafe struct BackwardWork<T>(SignedRoots owner, T* roots, T* gradients, int count) : ILaneWork<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public void Run<TLanes, TVector>()
            where TLanes : struct, ILanes<TVector, T>
            where TVector : struct => owner.Backward<TLanes, TVector, T>(roots, gradients, count);
    }

    private static IEnumerable<(int Length, int Degree)> LevelsOf(SignatureLayout layout) =>
        Sequences.Range(1, layout.Depth).Select(level => (layout.LevelLength(level), level));

    private void Check<T>(string operation, int count)
    {
        if (typeof(T) != typeof(float) && typeof(T) != typeof(double))
            throw new NotSupportedException($"SignedRoots.{operation}: roots are taken in float and double, not in {typeof(T).Name}; convert the numbers first.");
        if (count % Length != 0)
            throw new ArgumentException($"SignedRoots.{operation}: {count} numbers are not whole rows of {Length}.");
    }
}
