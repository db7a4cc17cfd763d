using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ImageSig.Imaging.Decoders;

/// <summary>The inverse cosine transform of an 8x8 block, in whole numbers.</summary>
/// <remarks>
/// <para>Columns first, then rows; constants carry 13 fractional bits, the values between the passes 2 and fit into 16 bits.
/// Constants and rounding are those that every accurate integer decoder shares, so the samples are the same to the last bit; where those decoders multiply a
/// sum, here each term has its factor, the sum of theirs: eight products at once cost as much as one.</para>
/// <para>Source: C. Loeffler, A. Ligtenberg, G. Moschytz, "Practical fast 1-D DCT algorithms with 11 multiplications", ICASSP 1989.</para>
/// </remarks>
internal static unsafe class InverseDct
{
    private const int ConstantBits = 13;
    private const int PassBits = 2;

    /// <summary>A block of which only the mean is not zero.</summary>
    /// <param name="mean">The dequantized DC coefficient.</param>
    /// <param name="target">The top left sample.</param>
    /// <param name="stride">Bytes from row to row.</param>
    /// <param name="size">Samples on either side: 8, 4, 2 or 1.</param>
    public static void Flat(int mean, byte* target, int stride, int size)
    {
        byte sample = Mean(mean);
        if (size == 8)
        {
            ulong row = sample * 0x0101010101010101UL;
            for (int y = 0; y < 8; y++, target += stride)
                Unsafe.WriteUnaligned(target, row);
            return;
        }
        for (int y = 0; y < size; y++, target += stride)
            for (int x = 0; x < size; x++)
                target[x] = sample;
    }

    /// <summary>The level that a mean stands for.</summary>
    private static byte Mean(int mean) => (byte)Math.Clamp(((mean + 4) >> 3) + 128, 0, 255);

    /// <summary><c>samples = clamp(128 + IDCT(coefficients · factors))</c>.</summary>
    /// <param name="coefficients">64, natural order.</param>
    /// <param name="factors">64, natural order.</param>
    /// <param name="target">The top left sample.</param>
    /// <param name="stride">Bytes from row to row.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Block(short* coefficients, short* factors, byte* target, int stride)
    {
        Vector128<short> row0 = Dequantize(coefficients, factors, 0), row1 = Dequantize(coefficients, factors, 1);
        Vector128<short> row2 = Dequantize(coefficients, factors, 2), row3 = Dequantize(coefficients, factors, 3);
        Vector128<short> row4 = Dequantize(coefficients, factors, 4), row5 = Dequantize(coefficients, factors, 5);
        Vector128<short> row6 = Dequantize(coefficients, factors, 6), row7 = Dequantize(coefficients, factors, 7);
        Pass(ref row0, ref row1, ref row2, ref row3, ref row4, ref row5, ref row6, ref row7, ConstantBits - PassBits);
        Transposition.Square8(ref row0, ref row1, ref row2, ref row3, ref row4, ref row5, ref row6, ref row7);
        Pass(ref row0, ref row1, ref row2, ref row3, ref row4, ref row5, ref row6, ref row7, ConstantBits + PassBits + 3);
        Transposition.Square8(ref row0, ref row1, ref row2, ref row3, ref row4, ref row5, ref row6, ref row7);
        Store(row0, row1, target, stride);
        Store(row2, row3, target + 2 * stride, stride);
        Store(row4, row5, target + 4 * stride, stride);
        Store(row6, row7, target + 6 * stride, stride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector128<short> Dequantize(short* coefficients, short* factors, int row) =>
        Vector128.Load(coefficients + 8 * row) * Vector128.Load(factors + 8 * row);

    /// <summary>One pass, along the first index, for all eight lines; scaled by <c>√8 · 2^13 / 2^shift</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Pass(
        ref Vector128<short> row0, ref Vector128<short> row1, ref Vector128<short> row2, ref Vector128<short> row3,
        ref Vector128<short> row4, ref Vector128<short> row5, ref Vector128<short> row6, ref Vector128<short> row7, int shift)
    {
        Vector128<int> rounding = Vector128.Create(1 << (shift - 1));
        (Vector128<int> sumLower, Vector128<int> sumUpper) = ShortProducts.Sum(row0, 1 << ConstantBits, row4, 1 << ConstantBits);
        (Vector128<int> differenceLower, Vector128<int> differenceUpper) = ShortProducts.Sum(row0, 1 << ConstantBits, row4, -(1 << ConstantBits));
        (Vector128<int> outerLower, Vector128<int> outerUpper) = ShortProducts.Sum(row2, 10703, row6, 4433);      // √2 cos(π/8), √2 cos(3π/8)
        (Vector128<int> innerLower, Vector128<int> innerUpper) = ShortProducts.Sum(row2, 4433, row6, -10704);
        (Vector128<int> even0Lower, Vector128<int> even0Upper) = (sumLower + outerLower + rounding, sumUpper + outerUpper + rounding);
        (Vector128<int> even3Lower, Vector128<int> even3Upper) = (sumLower - outerLower + rounding, sumUpper - outerUpper + rounding);
        (Vector128<int> even1Lower, Vector128<int> even1Upper) = (differenceLower + innerLower + rounding, differenceUpper + innerUpper + rounding);
        (Vector128<int> even2Lower, Vector128<int> even2Upper) = (differenceLower - innerLower + rounding, differenceUpper - innerUpper + rounding);

        // √2 cos(π/16), √2 cos(3π/16), √2 cos(5π/16), √2 cos(7π/16); last digits differ with the sums that they are.
        (Vector128<int> odd0Lower, Vector128<int> odd0Upper) = Odd(row1, 11363, row3, 9633, row5, 6437, row7, 2260);
        (Vector128<int> odd1Lower, Vector128<int> odd1Upper) = Odd(row1, 9633, row3, -2259, row5, -11362, row7, -6436);
        (Vector128<int> odd2Lower, Vector128<int> odd2Upper) = Odd(row1, 6437, row3, -11362, row5, 2261, row7, 9633);
        (Vector128<int> odd3Lower, Vector128<int> odd3Upper) = Odd(row1, 2260, row3, -6436, row5, 9633, row7, -11363);

        row0 = Vector128.NarrowWithSaturation((even0Lower + odd0Lower) >> shift, (even0Upper + odd0Upper) >> shift);
        row7 = Vector128.NarrowWithSaturation((even0Lower - odd0Lower) >> shift, (even0Upper - odd0Upper) >> shift);
        row1 = Vector128.NarrowWithSaturation((even1Lower + odd1Lower) >> shift, (even1Upper + odd1Upper) >> shift);
        row6 = Vector128.NarrowWithSaturation((even1Lower - odd1Lower) >> shift, (even1Upper - odd1Upper) >> shift);
        row2 = Vector128.NarrowWithSaturation((even2Lower + odd2Lower) >> shift, (even2Upper + odd2Upper) >> shift);
        row5 = Vector128.NarrowWithSaturation((even2Lower - odd2Lower) >> shift, (even2Upper - odd2Upper) >> shift);
        row3 = Vector128.NarrowWithSaturation((even3Lower + odd3Lower) >> shift, (even3Upper + odd3Upper) >> shift);
        row4 = Vector128.NarrowWithSaturation((even3Lower - odd3Lower) >> shift, (even3Upper - odd3Upper) >> shift);
    }

    /// <summary>The weighted sum of four rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static (Vector128<int> Lower, Vector128<int> Upper) Odd(
        Vector128<short> row1, short factor1, Vector128<short> row3, short factor3, Vector128<short> row5, short factor5, Vector128<short> row7, short factor7)
    {
        (Vector128<int> lower, Vector128<int> upper) = ShortProducts.Sum(row1, factor1, row3, factor3);
        (Vector128<int> lower2, Vector128<int> upper2) = ShortProducts.Sum(row5, factor5, row7, factor7);
        return (lower + lower2, upper + upper2);
    }

    /// <summary>Two rows of signed values, clamped to a signed byte and moved up by 128.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector128<short> first, Vector128<short> second, byte* target, int stride)
    {
        Vector128<ulong> samples = (Vector128.NarrowWithSaturation(first, second).AsByte() ^ Vector128.Create((byte)128)).AsUInt64();
        Unsafe.WriteUnaligned(target, samples[0]);
        Unsafe.WriteUnaligned(target + stride, samples[1]);
    }
}
