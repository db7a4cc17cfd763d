namespace ImageSig.Imaging.Encoders;

/// <summary>The cosine transform of an 8x8 block, in whole numbers; the counterpart of the decoder's, with the same constants.</summary>
/// <remarks>Source: C. Loeffler, A. Ligtenberg, G. Moschytz, "Practical fast 1-D DCT algorithms with 11 multiplications", ICASSP 1989.</remarks>
internal static class ForwardDct
{
    private const int ConstantBits = 13;
    private const int PassBits = 2;

    /// <summary>Transforms in place.</summary>
    /// <param name="block">64 samples moved to mean 0; afterwards 64 coefficients, natural order, times 8.</param>
    public static void Block(Span<int> block)
    {
        for (int row = 0; row < 8; row++)
            Line(block[(8 * row)..], 1, ConstantBits - PassBits, -PassBits);
        for (int column = 0; column < 8; column++)
            Line(block[column..], 8, ConstantBits + PassBits, PassBits);
    }

    /// <summary>Transforms eight values that stand <paramref name="step"/> apart.</summary>
    /// <param name="v">From the first value on.</param>
    /// <param name="step">1 for a row, 8 for a column.</param>
    /// <param name="shift">By how many bits products are brought down.</param>
    /// <param name="sumShift">By how many bits plain sums are; below zero: up.</param>
    private static void Line(Span<int> v, int step, int shift, int sumShift)
    {
        (int sum0, int odd3) = (v[0] + v[7 * step], v[0] - v[7 * step]);
        (int sum1, int odd2) = (v[step] + v[6 * step], v[step] - v[6 * step]);
        (int sum2, int odd1) = (v[2 * step] + v[5 * step], v[2 * step] - v[5 * step]);
        (int sum3, int odd0) = (v[3 * step] + v[4 * step], v[3 * step] - v[4 * step]);
        (int even0, int even3) = (sum0 + sum3, sum0 - sum3);
        (int even1, int even2) = (sum1 + sum2, sum1 - sum2);
        v[0] = Scale(even0 + even1, sumShift);
        v[4 * step] = Scale(even0 - even1, sumShift);
        int common = (even2 + even3) * 4433;
        v[2 * step] = Scale(common + even3 * 6270, shift);
        v[6 * step] = Scale(common - even2 * 15137, shift);

        int z5 = (odd0 + odd2 + odd1 + odd3) * 9633;
        int z1 = (odd0 + odd3) * -7373;
        int z2 = (odd1 + odd2) * -20995;
        int z3 = (odd0 + odd2) * -16069 + z5;
        int z4 = (odd1 + odd3) * -3196 + z5;
        v[7 * step] = Scale(odd0 * 2446 + z1 + z3, shift);
        v[5 * step] = Scale(odd1 * 16819 + z2 + z4, shift);
        v[3 * step] = Scale(odd2 * 25172 + z2 + z3, shift);
        v[step] = Scale(odd3 * 12299 + z1 + z4, shift);
    }

    private static int Scale(int value, int shift) => shift < 0 ? value << -shift : (value + (1 << (shift - 1))) >> shift;
}
