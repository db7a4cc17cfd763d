using System.Numerics;

namespace ImageSig.Signature;

/// <summary>The truncated tensor algebra in plain loops, for any floating-point type: what the fast kernels must equal.</summary>
/// <remarks>A tensor is a span of <see cref="SignatureLayout.Length"/> numbers, levels 1…depth. Level 0 is implicit: 1 for
/// the elements of the group (signatures), 0 for those of the Lie algebra (log-signatures).
/// NaN anywhere in an operand spreads to the results that depend on it, and no exception is thrown.</remarks>
public static partial class TensorAlgebra
{
    /// <summary>The signature of a straight segment: level k is <c>increment^⊗k / k!</c>.</summary>
    /// <param name="layout">Channels and depth.</param>
    /// <param name="increment">[C].</param>
    /// <param name="result">[F], overwritten. Must not overlap <paramref name="increment"/>.</param>
    /// <exception cref="ArgumentException">A tensor is smaller than the layout, the increment not of its channels, or the result overlaps what is still read.</exception>
    /// <exception cref="ArgumentNullException">No layout.</exception>
    public static void Exponential<T>(SignatureLayout layout, ReadOnlySpan<T> increment, Span<T> result)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Check(nameof(Exponential), layout, result.Length, nameof(result));
        CheckIncrement(nameof(Exponential), layout, increment.Length);
        Apart.Check(nameof(Exponential), "the result overlaps the numbers of the increment", result[..layout.Length], increment[..layout.Channels], nameof(result));
        result[..layout.Length].Clear();
        increment[..layout.Channels].CopyTo(result);
        for (int level = 2; level <= layout.Depth; level++)
        {
            T factor = T.One / T.CreateTruncating(level);
            ReadOnlySpan<T> lower = Level<T>(layout, result, level - 1);
            Span<T> upper = Level(layout, result, level);
            for (int word = 0; word < lower.Length; word++)
                for (int letter = 0; letter < layout.Channels; letter++)
                    upper[word * layout.Channels + letter] = lower[word] * increment[letter] * factor;
        }
    }

    /// <summary>One step of Chen's identity: <c>signature ← signature ⊗ exp(increment)</c>.</summary>
    /// <param name="layout">Channels and depth.</param>
    /// <param name="signature">[F], updated in place.</param>
    /// <param name="increment">[C], xₜ − xₜ₋₁, in the path's own units.</param>
    /// <param name="scratch">At least <c>C^(depth−1)</c> numbers, overwritten.</param>
    /// <remarks>Level n gains <c>((z/n + A₁) z/(n−1) + A₂) … z</c> (Horner). Levels are written from the top down, so that each
    /// still reads the old lower ones. Every product and sum is one fused operation, in the order the lane kernels use:
    /// the kernels give the same bits. Source: Kidger &amp; Lyons, "Signatory", ICLR 2021 (fused multiply-exponentiate).</remarks>
    /// <exception cref="ArgumentException">The signature or the scratch is smaller than the layout, the increment not of its channels, or two of them overlap.</exception>
    /// <exception cref="ArgumentNullException">No layout.</exception>
    public static void FusedMultiplyExponential<T>(SignatureLayout layout, Span<T> signature, ReadOnlySpan<T> increment, Span<T> scratch)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Check(nameof(FusedMultiplyExponential), layout, signature.Length, nameof(signature));
        CheckIncrement(nameof(FusedMultiplyExponential), layout, increment.Length);
        if (scratch.Length < ScratchLength(layout))
            throw new ArgumentException($"FusedMultiplyExponential: scratch holds {scratch.Length} numbers, {layout} need {ScratchLength(layout)}; see ScratchLength.", nameof(scratch));
        Apart.Check(nameof(FusedMultiplyExponential), "the signature overlaps the numbers of the increment", signature, increment, nameof(signature));
        Apart.Check(nameof(FusedMultiplyExponential), "the scratch overlaps the numbers of the increment", scratch, increment, nameof(scratch));
        Apart.Check(nameof(FusedMultiplyExponential), "the scratch overlaps the numbers of the signature", scratch, signature, nameof(scratch));
        int channels = layout.Channels;
        for (int level = layout.Depth; level >= 1; level--)
        {
            scratch[0] = T.One;
            int words = 1;
            for (int lower = 1; lower < level; lower++, words *= channels)
            {
                T factor = T.One / T.CreateTruncating(level - lower + 1);
                ReadOnlySpan<T> known = Level<T>(layout, signature, lower);
                // From the last word down: word u's children stand at u·C and after, so nothing unread is overwritten.
                for (int word = words - 1; word >= 0; word--)
                {
                    T scaled = scratch[word] * factor;
                    for (int letter = channels - 1; letter >= 0; letter--)
                        scratch[word * channels + letter] = T.FusedMultiplyAdd(scaled, increment[letter], known[word * channels + letter]);
                }
            }
            Span<T> top = Level(layout, signature, level);
            for (int word = 0; word < words; word++)
                for (int letter = 0; letter < channels; letter++)
                    top[word * channels + letter] = T.FusedMultiplyAdd(scratch[word], increment[letter], top[word * channels + letter]);
        }
    }

    /// <summary>The scratch that <see cref="FusedMultiplyExponential"/> needs: <c>C^(depth−1)</c>.</summary>
    /// <exception cref="ArgumentNullException">There is no layout.</exception>
    public static int ScratchLength(SignatureLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        return layout.Depth == 1 ? 1 : layout.LevelLength(layout.Depth - 1);
    }

    private static Span<T> Level<T>(SignatureLayout layout, Span<T> tensor, int level) =>
        tensor.Slice(layout.LevelOffset(level), layout.LevelLength(level));

    private static ReadOnlySpan<T> Level<T>(SignatureLayout layout, ReadOnlySpan<T> tensor, int level) =>
        tensor.Slice(layout.LevelOffset(level), layout.LevelLength(level));

    private static void Check(string operation, SignatureLayout layout, int length, string name)
    {
        ArgumentNullException.ThrowIfNull(layout);
        if (length < layout.Length)
            throw new ArgumentException($"{operation}: {name} holds {length} numbers, {layout} need {layout.Length}.", name);
    }

    private static void CheckIncrement(string operation, SignatureLayout layout, int increment)
    {
        if (increment < layout.Channels)
            throw new ArgumentException($"{operation}: increment holds {increment} numbers, one for each of {layout.Channels} channels is needed.", nameof(increment));
    }
}
