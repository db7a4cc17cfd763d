using System.Numerics;

namespace ImageSig.Signature;

public static partial class TensorAlgebra
{
    /// <summary>Multiplies level k by <c>factors[k − 1]</c>, in place: what standardizes features, whose level k shrinks like (range)^k / k!.</summary>
    /// <param name="layout">Channels and depth.</param>
    /// <param name="tensors">[B, F].</param>
    /// <param name="factors">[depth].</param>
    /// <exception cref="ArgumentException">Not as many factors as the layout needs, no whole rows, or factors within the tensors.</exception>
    /// <exception cref="ArgumentNullException">No layout.</exception>
    public static void ScaleLevels<T>(SignatureLayout layout, Span<T> tensors, ReadOnlySpan<T> factors)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(layout);
        if (factors.Length != layout.Depth || tensors.Length % layout.Length != 0)
            throw new ArgumentException($"ScaleLevels: {factors.Length} factors for {tensors.Length} numbers; {layout} need {layout.Depth} factors and rows of {layout.Length}.", nameof(factors));
        Apart.Check(nameof(ScaleLevels), "the tensors overlap the factors", tensors, factors, nameof(tensors));
        for (; !tensors.IsEmpty; tensors = tensors[layout.Length..])
            for (int level = 1; level <= layout.Depth; level++)
                foreach (ref T value in Level(layout, tensors, level))
                    value *= factors[level - 1];
    }

    /// <summary>The signature of the path whose channel c is multiplied by <c>factors[c]</c>, in place: a word gains the product of its letters' factors.</summary>
    /// <param name="layout">Channels and depth.</param>
    /// <param name="tensors">[B, F].</param>
    /// <param name="factors">[C].</param>
    /// <exception cref="ArgumentException">Not as many factors as the layout needs, or no whole rows.</exception>
    /// <exception cref="ArgumentNullException">No layout.</exception>
    public static void ScaleChannels<T>(SignatureLayout layout, Span<T> tensors, ReadOnlySpan<T> factors)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(layout);
        if (factors.Length != layout.Channels || tensors.Length % layout.Length != 0)
            throw new ArgumentException($"ScaleChannels: {factors.Length} factors for {tensors.Length} numbers; {layout} need {layout.Channels} factors and rows of {layout.Length}.", nameof(factors));
        var products = new T[layout.Length];
        factors.CopyTo(products);
        for (int level = 2; level <= layout.Depth; level++)
        {
            ReadOnlySpan<T> lower = Level<T>(layout, products, level - 1);
            Span<T> upper = Level(layout, products.AsSpan(), level);
            for (int word = 0; word < upper.Length; word++)
                upper[word] = lower[word / layout.Channels] * factors[word % layout.Channels];
        }
        for (int index = 0; index < tensors.Length; index++)
            tensors[index] *= products[index % layout.Length];
    }
}
