namespace ImageSig.Tensors.Kernels;

/// <summary>A SIMD register of floats or doubles: arithmetic, and moving numbers between lanes, which a transposition is made of.</summary>
internal unsafe interface ILanes<TVector, T> : ILaneArithmetic<TVector, T>
    where TVector : struct
    where T : unmanaged
{
    /// <summary>Whether code may hold 24 sums in registers: 32 of them exist (AVX-512, NEON) rather than 16.</summary>
    public static abstract bool HasManyRegisters { get; }

    /// <summary>The 128 bits at <c>rows[0][index]</c>, <c>rows[p][index]</c>, <c>rows[2p][index]</c>…, p the numbers in 128 bits.</summary>
    public static abstract TVector LoadParts(T** rows, int index);

    /// <summary>The inverse of <see cref="LoadParts"/>.</summary>
    public static abstract void StoreParts(T** rows, int index, TVector value);

    /// <summary>Within each 128 bits: the first half of both, number by number in turn.</summary>
    public static abstract TVector ZipLow(TVector left, TVector right);

    /// <summary>Within each 128 bits: the second half of both, number by number in turn.</summary>
    public static abstract TVector ZipHigh(TVector left, TVector right);

    /// <summary>Within each 128 bits: the first 64 bits of both.</summary>
    public static abstract TVector JoinLow(TVector left, TVector right);

    /// <summary>Within each 128 bits: the second 64 bits of both.</summary>
    public static abstract TVector JoinHigh(TVector left, TVector right);
}
