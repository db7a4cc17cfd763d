namespace ImageSig.Imaging;

/// <summary>Random numbers that are a function of a seed and a count: the same everywhere, for any order of work.</summary>
/// <remarks>Source: G. Steele, D. Lea, C. Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014 (SplitMix64).</remarks>
internal struct CounterRandom(ulong seed)
{
    private ulong state = seed;

    /// <summary>64 random bits.</summary>
    public ulong Next()
    {
        state += 0x9E3779B97F4A7C15;
        ulong mixed = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }

    /// <summary>A whole number 0 … <paramref name="count"/> − 1.</summary>
    public int Below(int count) => (int)((Next() >> 32) * (ulong)count >> 32);

    /// <summary>A number from −1 up to 1.</summary>
    public double Symmetric() => ((long)Next() >> 11) * (1.0 / (1L << 52));

    /// <summary>A normal deviate times 2^16, near enough for noise: the sum of twelve uniform numbers of 16 bits, moved to mean 0. It ends at ±6.</summary>
    public int NormalTimes65536()
    {
        int sum = -6 * 65535;
        for (int word = 0; word < 3; word++)
            for (ulong bits = Next(), part = 0; part < 4; part++, bits >>= 16)
                sum += (int)(bits & 65535);
        return sum;
    }
}
