using System.Numerics;

namespace ImageSig.Signature;

public static partial class TensorAlgebra
{
    /// <summary>Chen's product of two group elements: <c>resultₙ = leftₙ + Σ leftᵢ ⊗ rightₙ₋ᵢ + rightₙ</c>.</summary>
    /// <param name="layout">Channels and depth.</param>
    /// <param name="left">[F], the earlier path's signature.</param>
    /// <param name="right">[F], the later path's signature.</param>
    /// <param name="result">[F], overwritten; may be <paramref name="left"/> itself, must not overlap <paramref name="right"/>.</param>
    /// <exception cref="ArgumentException">A tensor is smaller than the layout, or the result overlaps <paramref name="right"/> or another part of <paramref name="left"/>.</exception>
    /// <exception cref="ArgumentNullException">No layout.</exception>
    public static void Multiply<T>(SignatureLayout layout, ReadOnlySpan<T> left, ReadOnlySpan<T> right, Span<T> result)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Check(nameof(Multiply), layout, left.Length, nameof(left));
        Check(nameof(Multiply), layout, right.Length, nameof(right));
        Check(nameof(Multiply), layout, result.Length, nameof(result));
        Apart.Check(nameof(Multiply), "the result overlaps the numbers of right", result[..layout.Length], right[..layout.Length], nameof(result));
        Apart.CheckUnlessSame(nameof(Multiply), "the result overlaps other numbers of left", result[..layout.Length], left[..layout.Length], nameof(result));
        RunMultiply(layout, left, right, result);
    }

    /// <summary>The same of arguments that were checked.</summary>
    internal static void RunMultiply<T>(SignatureLayout layout, ReadOnlySpan<T> left, ReadOnlySpan<T> right, Span<T> result)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int level = layout.Depth; level >= 1; level--)
        {
            Span<T> target = Level(layout, result, level);
            ReadOnlySpan<T> first = Level(layout, left, level), last = Level(layout, right, level);
            for (int word = 0; word < target.Length; word++)
                target[word] = first[word] + last[word];
            for (int split = 1; split < level; split++)
                AddOuter(Level(layout, left, split), Level(layout, right, level - split), T.One, target);
        }
    }

    /// <summary><c>target[u·v] += factor · prefix[u] · suffix[v]</c> for all words u, v.</summary>
    private static void AddOuter<T>(ReadOnlySpan<T> prefix, ReadOnlySpan<T> suffix, T factor, Span<T> target)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int word = 0; word < prefix.Length; word++)
        {
            T scaled = prefix[word] * factor;
            Span<T> row = target.Slice(word * suffix.Length, suffix.Length);
            for (int rest = 0; rest < row.Length; rest++)
                row[rest] = T.FusedMultiplyAdd(scaled, suffix[rest], row[rest]);
        }
    }
}
