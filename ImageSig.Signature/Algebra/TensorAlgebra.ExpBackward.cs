using System.Numerics;

namespace ImageSig.Signature;

public static partial class TensorAlgebra
{
    /// <summary>The gradient of <c>Σ cotangent · Exp(logarithm)</c> with respect to the logarithm.</summary>
    /// <param name="layout">Channels and depth.</param>
    /// <param name="logarithm">[F], as in the exponential; any tensor without level 0.</param>
    /// <param name="cotangent">[F], of the exponential.</param>
    /// <param name="gradient">[F], overwritten. Must not overlap what is read.</param>
    /// <remarks>Horner's scheme backwards: of <c>outer = x ⊗ (1 + inner) / k</c>, <c>d x(u) = (d outer(u) + Σ d outer(uv) inner(v)) / k</c> and
    /// <c>d inner(v) = Σ x(u) d outer(uv) / k</c>. The inner tensors are kept: one less level each, together no larger than two tensors from two channels on.</remarks>
    /// <exception cref="ArgumentException">A tensor is smaller than the layout, or the gradient overlaps what is still read.</exception>
    /// <exception cref="ArgumentNullException">No layout.</exception>
    public static void ExpBackward<T>(SignatureLayout layout, ReadOnlySpan<T> logarithm, ReadOnlySpan<T> cotangent, Span<T> gradient)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Check(nameof(ExpBackward), layout, logarithm.Length, nameof(logarithm));
        Check(nameof(ExpBackward), layout, cotangent.Length, nameof(cotangent));
        Check(nameof(ExpBackward), layout, gradient.Length, nameof(gradient));
        Apart.Check(nameof(ExpBackward), "the gradient overlaps the numbers of the logarithm", gradient[..layout.Length], logarithm[..layout.Length], nameof(gradient));
        Apart.Check(nameof(ExpBackward), "the gradient overlaps the numbers of the cotangent", gradient[..layout.Length], cotangent[..layout.Length], nameof(gradient));
        T[][] inner = InnerTensors(layout, logarithm);
        T[] outer = cotangent[..layout.Length].ToArray();
        gradient[..layout.Length].Clear();
        for (int term = 1; term <= layout.Depth; term++)
        {
            T factor = T.One / T.CreateTruncating(term);
            foreach (ref T value in outer.AsSpan())
                value *= factor;
            var next = new T[inner[term - 1].Length];
            for (int level = 1; level <= layout.Depth - term + 1; level++)
            {
                ReadOnlySpan<T> share = Level<T>(layout, outer, level);
                Span<T> own = Level(layout, gradient, level);
                for (int word = 0; word < own.Length; word++)
                    own[word] += share[word];
                for (int split = 1; split < level; split++)
                    AddFactors(Level(layout, logarithm, split), Level<T>(layout, inner[term - 1], level - split), share, Level(layout, gradient, split), Level(layout, next.AsSpan(), level - split));
            }
            outer = next;
        }
    }

    /// <summary>The inner tensors of <see cref="Exp"/>, outermost first: number i goes up to level depth − 1 − i.</summary>
    private static T[][] InnerTensors<T>(SignatureLayout layout, ReadOnlySpan<T> logarithm)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var inner = new T[layout.Depth][];
        inner[^1] = [];
        for (int term = layout.Depth; term > 1; term--)
        {
            int depth = layout.Depth - term + 1;
            var tensor = new T[layout.LevelOffset(depth) + layout.LevelLength(depth)];
            inner[term - 1].CopyTo(tensor, 0);
            MultiplyByNilpotent(layout, logarithm, T.One / T.CreateTruncating(term), T.One, tensor, depth);
            inner[term - 2] = tensor;
        }
        return inner;
    }
}
