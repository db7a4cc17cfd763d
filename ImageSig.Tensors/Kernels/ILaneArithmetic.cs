namespace ImageSig.Tensors.Kernels;

/// <summary>What a kernel needs of numbers side by side, so that it is written once for 128, 256 and 512 bits and for the single number
/// that fills no register.</summary>
/// <remarks>Every operation acts on each lane by itself: which width runs can never change a result.</remarks>
/// <typeparam name="TVector">The register, or the number.</typeparam>
/// <typeparam name="T">float or double.</typeparam>
internal unsafe interface ILaneArithmetic<TVector, T>
    where TVector : struct
    where T : unmanaged
{
    /// <summary>Numbers per register.</summary>
    public static abstract int Width { get; }

    public static abstract TVector Load(T* source);

    public static abstract void Store(TVector value, T* destination);

    public static abstract TVector Broadcast(T value);

    public static abstract TVector Add(TVector left, TVector right);

    public static abstract TVector Subtract(TVector left, TVector right);

    public static abstract TVector Multiply(TVector left, TVector right);

    public static abstract TVector Divide(TVector left, TVector right);

    public static abstract TVector SquareRoot(TVector value);

    /// <summary><c>left · right + addend</c>, rounded once on every processor with fused multiply-add.</summary>
    public static abstract TVector MultiplyAdd(TVector left, TVector right, TVector addend);

    /// <summary>The larger of each pair; where they are equal or one is NaN: <paramref name="right"/> (as x64's maxps).</summary>
    public static abstract TVector Maximum(TVector left, TVector right);

    /// <summary>The smaller of each pair; where they are equal or one is NaN: <paramref name="right"/>.</summary>
    public static abstract TVector Minimum(TVector left, TVector right);

    /// <summary>All bits set where left > right; clear elsewhere, and for NaN.</summary>
    public static abstract TVector GreaterThan(TVector left, TVector right);

    /// <summary>All bits set where equal; clear elsewhere, and for NaN.</summary>
    public static abstract TVector AreEqual(TVector left, TVector right);

    /// <summary>Lane by lane, <paramref name="yes"/> where the mask is set, else <paramref name="no"/>.</summary>
    public static abstract TVector Select(TVector mask, TVector yes, TVector no);

    public static abstract TVector And(TVector left, TVector right);

    public static abstract TVector AndNot(TVector value, TVector mask);

    public static abstract TVector Or(TVector left, TVector right);

    /// <summary><c>2ⁿ</c> for integral n among the exponents of normal numbers, built from the bits.</summary>
    public static abstract TVector PowerOfTwo(TVector exponent);

    /// <summary>The number whose bits, as an integer, are those of <paramref name="value"/> times <paramref name="factor"/> plus <paramref name="addend"/>: since the bits of
    /// numbers above 0 grow about like their logarithms, a power, to a few percent. What comes out must be the bits of such a number too.</summary>
    public static abstract TVector StretchBits(TVector value, TVector factor, TVector addend);

    /// <summary>Rounded to the nearest integer, ties to even.</summary>
    public static abstract TVector Round(TVector value);
}
