using System.Numerics;

namespace ImageSig.Signature;

public static partial class TensorAlgebra
{
    /// <summary>The gradients of <c>Σ cotangent · Multiply(left, right)</c>:
    /// <c>d left(u) = cotangent(u) + Σ cotangent(uv) right(v)</c> and <c>d right(v) = cotangent(v) + Σ left(u) cotangent(uv)</c>.</summary>
    /// <param name="layout">Channels and depth.</param>
    /// <param name="left">[F], as in the product.</param>
    /// <param name="right">[F], as in the product.</param>
    /// <param name="cotangent">[F], of the product.</param>
    /// <param name="leftGradient">[F], overwritten.</param>
    /// <param name="rightGradient">[F], overwritten. Neither gradient may overlap what is read, nor the other.</param>
    /// <exception cref="ArgumentException">A tensor is smaller than the layout, or a gradient overlaps what is still read.</exception>
    /// <exception cref="ArgumentNullException">No layout.</exception>
    public static void MultiplyBackward<T>(SignatureLayout layout, ReadOnlySpan<T> left, ReadOnlySpan<T> right, ReadOnlySpan<T> cotangent, Span<T> leftGradient, Span<T> rightGradient)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        CheckProductGradients(nameof(MultiplyBackward), layout, left, right, cotangent, leftGradient, rightGradient);
        RunMultiplyBackward(layout, left, right, cotangent, leftGradient, rightGradient);
    }

    /// <summary>The same of arguments that were checked.</summary>
    internal static void RunMultiplyBackward<T>(SignatureLayout layout, ReadOnlySpan<T> left, ReadOnlySpan<T> right, ReadOnlySpan<T> cotangent, Span<T> leftGradient, Span<T> rightGradient)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        cotangent[..layout.Length].CopyTo(leftGradient);
        cotangent[..layout.Length].CopyTo(rightGradient);
        for (int level = 2; level <= layout.Depth; level++)
            for (int split = 1; split < level; split++)
                AddFactors(Level(layout, left, split), Level(layout, right, level - split), Level(layout, cotangent, level), Level(layout, leftGradient, split), Level(layout, rightGradient, level - split));
    }

    /// <summary>The shares of one outer product, <c>target[u·v] = prefix[u] · suffix[v]</c>.</summary>
    private static void AddFactors<T>(ReadOnlySpan<T> prefix, ReadOnlySpan<T> suffix, ReadOnlySpan<T> cotangent, Span<T> prefixGradient, Span<T> suffixGradient)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int word = 0; word < prefix.Length; word++)
        {
            ReadOnlySpan<T> row = cotangent.Slice(word * suffix.Length, suffix.Length);
            T sum = prefixGradient[word], factor = prefix[word];
            for (int rest = 0; rest < row.Length; rest++)
            {
                sum = T.FusedMultiplyAdd(row[rest], suffix[rest], sum);
                suffixGradient[rest] = T.FusedMultiplyAdd(row[rest], factor, suffixGradient[rest]);
            }
            prefixGradient[word] = sum;
        }
    }

    /// <summary>The gradients of a product of two tensors: their sizes, and that they lie apart.</summary>
    private static void CheckProductGradients<T>(string operation, SignatureLayout layout, ReadOnlySpan<T> left, ReadOnlySpan<T> right, ReadOnlySpan<T> cotangent, ReadOnlySpan<T> leftGradient, ReadOnlySpan<T> rightGradient)
    {
        Check(operation, layout, left.Length, nameof(left));
        Check(operation, layout, right.Length, nameof(right));
        Check(operation, layout, cotangent.Length, nameof(cotangent));
        Check(operation, layout, leftGradient.Length, nameof(leftGradient));
        Check(operation, layout, rightGradient.Length, nameof(rightGradient));
        int length = layout.Length;
        CheckGradientApart(operation, "the left gradient", leftGradient[..length], left[..length], right[..length], cotangent[..length], nameof(leftGradient));
        CheckGradientApart(operation, "the right gradient", rightGradient[..length], left[..length], right[..length], cotangent[..length], nameof(rightGradient));
        Apart.Check(operation, "the left gradient overlaps the numbers of the right one", leftGradient[..length], rightGradient[..length], nameof(leftGradient));
    }

    private static void CheckGradientApart<T>(string operation, string name, ReadOnlySpan<T> gradient, ReadOnlySpan<T> left, ReadOnlySpan<T> right, ReadOnlySpan<T> cotangent, string parameter)
    {
        Apart.Check(operation, $"{name} overlaps the numbers of left", gradient, left, parameter);
        Apart.Check(operation, $"{name} overlaps the numbers of right", gradient, right, parameter);
        Apart.Check(operation, $"{name} overlaps the numbers of the cotangent", gradient, cotangent, parameter);
    }
}
