namespace ImageSig.Signature.Kernels;

/// <summary>One group of lanes on its way through the tree of words, over one block of time.</summary>
/// <remarks>
/// <para>The node of word p (m letters) carries, for every step t and every level n = m+1…N, Horner's value
/// <c>Hₙ(p) = (… (z[p₁]/n + A[p₁]) z[p₂]/(n−1) + …) z[pₘ]/(n−m+1) + A[p]</c>, stored divided by n − m. Its child pk then needs
/// one fused operation per level: <c>Hₙ(pk) = Hₙ(p)/(n−m) · z[k] + A[pk]</c>, and <c>A[pk] += Hₘ₊₁(p) · z[k]</c>.
/// No level reads a longer word, so the whole block of time runs through one node before the next: the coefficients
/// of a node's children stay in registers, and the top level, which nothing reads, is a small matrix product over time.</para>
/// <para>Source of the recurrence: Kidger &amp; Lyons, "Signatory", ICLR 2021; the order of the loops is ours.</para>
/// </remarks>
internal unsafe struct PrefixTree<T>
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

    /// <summary>[C + … + C^Depth, lane], the coefficients A below the root, by level.</summary>
    public T* State;

    /// <summary>Where the series of the nodes of each level stand: level m at <c>Series[m]</c>, [Steps, Depth − m, lane],
    /// or of all siblings where they go side by side, [Steps, C, Depth − m, lane].</summary>
    public T** Series;

    /// <summary>First word of each level in <see cref="State"/>, in words.</summary>
    public int* Offsets;

    /// <summary>[Depth, lane], <c>1/(i + 1)</c>: the values of the root.</summary>
    public T* Reciprocals;

    /// <summary>The next group's points, asked for a little at every node of the last levels.</summary>
    public MemoryAhead NextPoints;

    /// <summary>This group's rows of the result, likewise.</summary>
    public MemoryAhead ResultRows;
}
