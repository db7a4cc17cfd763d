using System.Numerics;

namespace ImageSig.Signature;

public static partial class TensorAlgebra
{
    /// <summary>The tensor logarithm: <c>log(1 + x) = x − x²/2 + x³/3 − …</c>, x the levels above 0.</summary>
    /// <param name="layout">Channels and depth.</param>
    /// <param name="signature">[F], level 0 is the implicit 1.</param>
    /// <param name="result">[F], overwritten; level 0 is the implicit 0. Must not overlap <paramref name="signature"/>.</param>
    /// <remarks>Horner: <c>x (1 − x (1/2 − x (1/3 − …)))</c>; the bracket of 1/k is needed up to level depth − k only.</remarks>
    /// <exception cref="ArgumentException">A tensor is smaller than the layout, or the result overlaps what is still read.</exception>
    /// <exception cref="ArgumentNullException">No layout.</exception>
    public static void Log<T>(SignatureLayout layout, ReadOnlySpan<T> signature, Span<T> result)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Check(nameof(Log), layout, signature.Length, nameof(signature));
        Check(nameof(Log), layout, result.Length, nameof(result));
        Apart.Check(nameof(Log), "the result overlaps the numbers of the signature", result[..layout.Length], signature[..layout.Length], nameof(result));
        result[..layout.Length].Clear();
        T constant = T.One / T.CreateTruncating(layout.Depth);
        for (int term = layout.Depth - 1; term >= 1; term--)
        {
            MultiplyByNilpotent(layout, signature, -T.One, constant, result, layout.Depth - term);
            constant = T.One / T.CreateTruncating(term);
        }
        MultiplyByNilpotent(layout, signature, T.One, T.One, result, layout.Depth);
    }

    /// <summary>The tensor exponential, inverse of <see cref="Log"/>: <c>exp(x) = 1 + x (1 + x/2 (1 + x/3 (…)))</c>.</summary>
    /// <param name="layout">Channels and depth.</param>
    /// <param name="logarithm">[F], level 0 is the implicit 0.</param>
    /// <param name="result">[F], overwritten; level 0 is the implicit 1. Must not overlap <paramref name="logarithm"/>.</param>
    /// <exception cref="ArgumentException">A tensor is smaller than the layout, or the result overlaps what is still read.</exception>
    /// <exception cref="ArgumentNullException">No layout.</exception>
    public static void Exp<T>(SignatureLayout layout, ReadOnlySpan<T> logarithm, Span<T> result)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Check(nameof(Exp), layout, logarithm.Length, nameof(logarithm));
        Check(nameof(Exp), layout, result.Length, nameof(result));
        Apart.Check(nameof(Exp), "the result overlaps the numbers of the logarithm", result[..layout.Length], logarithm[..layout.Length], nameof(result));
        result[..layout.Length].Clear();
        for (int term = layout.Depth; term >= 1; term--)
            MultiplyByNilpotent(layout, logarithm, T.One / T.CreateTruncating(term), T.One, result, layout.Depth - term + 1);
    }

    /// <summary>The inverse of a signature: that of the path run backwards,
    /// <c>result(i₁…iₖ) = (−1)^k signature(iₖ…i₁)</c>.</summary>
    /// <param name="layout">Channels and depth.</param>
    /// <param name="signature">[F], a group element: a signature, or a product of signatures.</param>
    /// <param name="result">[F], overwritten; may be <paramref name="signature"/> itself.</param>
    /// <remarks>Exact: numbers move and change sign, nothing is rounded.</remarks>
    /// <exception cref="ArgumentException">A tensor is smaller than the layout, or the result overlaps what is still read.</exception>
    /// <exception cref="ArgumentNullException">No layout.</exception>
    public static void Inverse<T>(SignatureLayout layout, ReadOnlySpan<T> signature, Span<T> result)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Check(nameof(Inverse), layout, signature.Length, nameof(signature));
        Check(nameof(Inverse), layout, result.Length, nameof(result));
        Apart.CheckUnlessSame(nameof(Inverse), "the result overlaps other numbers of the signature", result[..layout.Length], signature[..layout.Length], nameof(result));
        for (int level = 1; level <= layout.Depth; level++)
        {
            ReadOnlySpan<T> source = Level(layout, signature, level);
            Span<T> target = Level(layout, result, level);
            for (int word = 0, reversed = 0; word < source.Length; word++, reversed = NextReversed(reversed, source.Length, layout.Channels))
            {
                // A word and its reverse change places, both at once.
                if (reversed < word)
                    continue;
                T forward = source[word], backward = source[reversed];
                target[reversed] = level % 2 == 0 ? forward : -forward;
                target[word] = level % 2 == 0 ? backward : -backward;
            }
        }
    }

    /// <summary><c>tensor ← factor · x ⊗ (constant + tensor)</c> up to <paramref name="depth"/>, x without level 0.</summary>
    private static void MultiplyByNilpotent<T>(SignatureLayout layout, ReadOnlySpan<T> x, T factor, T constant, Span<T> tensor, int depth)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // From the top down: level n reads only lower levels of the old tensor.
        for (int level = depth; level >= 1; level--)
        {
            Span<T> target = Level(layout, tensor, level);
            ReadOnlySpan<T> source = Level(layout, x, level);
            T scaled = factor * constant;
            for (int word = 0; word < target.Length; word++)
                target[word] = source[word] * scaled;
            for (int split = 1; split < level; split++)
                AddOuter(Level(layout, x, split), Level<T>(layout, tensor, level - split), factor, target);
        }
    }

    /// <summary>The next word's reverse, from this word's: one is added to the first letter and carried to those behind it, without a division where nothing is carried.</summary>
    private static int NextReversed(int reversed, int words, int channels)
    {
        int place = words / channels;
        while (place < words && reversed >= words - place)
        {
            reversed -= words - place;
            words = place;
            place /= channels;
        }
        return reversed + place;
    }
}
