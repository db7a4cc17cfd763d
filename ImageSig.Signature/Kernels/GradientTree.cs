namespace ImageSig.Signature.Kernels;

/// <summary>One group of lanes on its way back through the tree of words, over one block of time, last step first.</summary>
/// <remarks>
/// <para>Nothing of the forward pass is kept but its end. Before a step, <c>A[pk] = A'[pk] − H(p) z[k]</c>, and H(p) holds shorter words
/// only, which have been taken back already: the walk from short to long words un-multiplies the step as it goes.</para>
/// <para>On the way back from long words to short ones, with the notation of <see cref="PrefixTree{T}"/> and Hᵢ the stored values:
/// <c>dA[pk] = D[pk] + Σᵢ dHᵢ(pk)/(i+1)</c>, <c>dH₀(p) += D[pk] z[k]</c>, <c>dHᵢ₊₁(p) += dHᵢ(pk)/(i+1) · z[k]</c>, and z[k] gathers the other
/// factors. D, the cotangent of A, is its own initial value's gradient at the end.</para>
/// </remarks>
internal unsafe struct GradientTree<T>
    where T : unmanaged
{
    /// <summary>C.</summary>
    public int Channels;

    /// <summary>Levels below the root.</summary>
    public int Depth;

    /// <summary>Steps of this block of time.</summary>
    public int Steps;

    /// <summary>[Steps, C, lane], the increments z.</summary>
    public T* Increments;

    /// <summary>[Steps, C, lane], their gradients, added to.</summary>
    public T* IncrementGradients;

    /// <summary>[words of levels 1…Depth − 1, lane], A after the block's last step; before its first step when done.</summary>
    public T* State;

    /// <summary>[F, lane], D after the block's last step; before its first when done.</summary>
    public T* Cotangent;

    /// <summary>Horner's values of the node of each level on the way, as in the forward walk.</summary>
    public T** Series;

    /// <summary>Their gradients.</summary>
    public T** SeriesGradients;

    /// <summary>First word of each level.</summary>
    public int* Offsets;

    /// <summary>[Depth, lane], <c>1/(i + 1)</c>: the values of the root.</summary>
    public T* Reciprocals;
}
