using System.Numerics;

namespace ImageSig.Signature;

public sealed partial class SignatureTransform
{
    /// <summary>Chen's identity for a batch: the signatures of paths run one after the other.</summary>
    /// <param name="earlier">[B, F].</param>
    /// <param name="later">[B, F].</param>
    /// <param name="batch">B.</param>
    /// <param name="result">[B, F], overwritten; may be <paramref name="earlier"/>.</param>
    /// <remarks>The signature of the two paths laid end to end, the later moved to where the earlier ends. If there is a step between them, use
    /// <see cref="PathStart.After"/>, which counts it.</remarks>
    /// <exception cref="ArgumentException">An array is not of its shape, or the result lies over one that is read.</exception>
    public void Combine<T>(ReadOnlySpan<T> earlier, ReadOnlySpan<T> later, int batch, Span<T> result)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        CheckCount(nameof(Combine), "earlier", earlier.Length, batch, 1, Layout.Length);
        CheckCount(nameof(Combine), "later", later.Length, batch, 1, Layout.Length);
        CheckCount(nameof(Combine), "the result", result.Length, batch, 1, Layout.Length);
        Apart.CheckUnlessSame(nameof(Combine), "the result overlaps the earlier signatures", result, earlier, nameof(result));
        Apart.Check(nameof(Combine), "the result overlaps the later signatures", result, later, nameof(result));
        for (int start = 0; start < result.Length; start += Layout.Length)
            TensorAlgebra.RunMultiply(Layout, earlier.Slice(start, Layout.Length), later.Slice(start, Layout.Length), result.Slice(start, Layout.Length));
    }

    /// <summary>The gradients of <c>Σ cotangents · Combine(earlier, later)</c>.</summary>
    /// <param name="earlier">[B, F].</param>
    /// <param name="later">[B, F].</param>
    /// <param name="batch">B.</param>
    /// <param name="cotangents">[B, F].</param>
    /// <param name="earlierGradients">[B, F], overwritten.</param>
    /// <param name="laterGradients">[B, F], overwritten. Neither may overlap what is read, nor the other.</param>
    /// <exception cref="ArgumentException">An array is not of its shape, or is written over one that is read.</exception>
    public void CombineBackward<T>(ReadOnlySpan<T> earlier, ReadOnlySpan<T> later, int batch, ReadOnlySpan<T> cotangents, Span<T> earlierGradients, Span<T> laterGradients)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int length = Layout.Length;
        CheckCount(nameof(CombineBackward), "earlier", earlier.Length, batch, 1, length);
        CheckCount(nameof(CombineBackward), "later", later.Length, batch, 1, length);
        CheckCount(nameof(CombineBackward), "cotangents", cotangents.Length, batch, 1, length);
        CheckCount(nameof(CombineBackward), "the earlier's gradients", earlierGradients.Length, batch, 1, length);
        CheckCount(nameof(CombineBackward), "the later's gradients", laterGradients.Length, batch, 1, length);
        Apart.Check(nameof(CombineBackward), "the earlier's gradients overlap the earlier signatures", earlierGradients, earlier, nameof(earlierGradients));
        Apart.Check(nameof(CombineBackward), "the earlier's gradients overlap the later signatures", earlierGradients, later, nameof(earlierGradients));
        Apart.Check(nameof(CombineBackward), "the earlier's gradients overlap the cotangents", earlierGradients, cotangents, nameof(earlierGradients));
        Apart.Check(nameof(CombineBackward), "the later's gradients overlap the earlier signatures", laterGradients, earlier, nameof(laterGradients));
        Apart.Check(nameof(CombineBackward), "the later's gradients overlap the later signatures", laterGradients, later, nameof(laterGradients));
        Apart.Check(nameof(CombineBackward), "the later's gradients overlap the cotangents", laterGradients, cotangents, nameof(laterGradients));
        Apart.Check(nameof(CombineBackward), "the later's gradients overlap the earlier's gradients", laterGradients, earlierGradients, nameof(laterGradients));
        for (int start = 0; start < cotangents.Length; start += length)
            TensorAlgebra.RunMultiplyBackward(Layout, earlier.Slice(start, length), later.Slice(start, length), cotangents.Slice(start, length),
                earlierGradients.Slice(start, length), laterGradients.Slice(start, length));
    }

    /// <summary>The product of many signatures, first to last.</summary>
    /// <param name="signatures">[K, F], K at least 1.</param>
    /// <param name="result">[F], overwritten.</param>
    /// <exception cref="ArgumentException">No whole rows, none at all, or a result of another length or over a row behind the first.</exception>
    public void CombineAll<T>(ReadOnlySpan<T> signatures, Span<T> result)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int length = Layout.Length;
        if (signatures.IsEmpty || signatures.Length % length != 0)
            throw new ArgumentException($"CombineAll: signatures holds {signatures.Length} numbers; one or more rows of {length} are needed, for {Layout}.", nameof(signatures));
        CheckCount(nameof(CombineAll), "the result", result.Length, 1, 1, length);
        Apart.Check(nameof(CombineAll), "the result overlaps later signatures", result, signatures[length..], nameof(result));
        signatures[..length].CopyTo(result);
        for (int start = length; start < signatures.Length; start += length)
            TensorAlgebra.RunMultiply<T>(Layout, result, signatures.Slice(start, length), result);
    }

    /// <summary>Appends one straight step to each signature, in place.</summary>
    /// <param name="signatures">[B, F].</param>
    /// <param name="increments">[B, C].</param>
    /// <param name="batch">B.</param>
    /// <exception cref="ArgumentException">An array is not of its shape.</exception>
    public void Join<T>(Span<T> signatures, ReadOnlySpan<T> increments, int batch)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        CheckCount(nameof(Join), "signatures", signatures.Length, batch, 1, Layout.Length);
        CheckCount(nameof(Join), "increments", increments.Length, batch, 1, Layout.Channels);
        var scratch = new T[TensorAlgebra.ScratchLength(Layout)];
        for (int index = 0; index < batch; index++)
            TensorAlgebra.FusedMultiplyExponential(Layout, signatures.Slice(index * Layout.Length, Layout.Length), increments.Slice(index * Layout.Channels, Layout.Channels), scratch);
    }
}
