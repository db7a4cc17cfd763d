namespace ImageSig.Signature.Kernels;

/// <summary>The arithmetic of one vector width. Kernels are written once over it; the JIT makes one body per width.</summary>
/// <remarks>Every operation is element by element, so a lane's result is the same at every width.</remarks>
internal unsafe interface ILanes<TVector, T>
    where TVector : struct
    where T : unmanaged
{
    /// <summary>Numbers per vector.</summary>
    public static abstract int Count { get; }

    /// <summary>Whether 20 accumulators and their operands fit the registers.</summary>
    public static abstract bool ManyRegisters { get; }

    public static abstract TVector Load(T* source);

    public static abstract void Store(T* target, TVector value);

    public static abstract TVector Broadcast(T value);

    public static abstract TVector Add(TVector left, TVector right);

    public static abstract TVector Subtract(TVector left, TVector right);

    public static abstract TVector Multiply(TVector left, TVector right);

    /// <summary><c>left · right + addend</c>, rounded once on every processor with fused multiply-add.</summary>
    public static abstract TVector MultiplyAdd(TVector left, TVector right, TVector addend);

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
