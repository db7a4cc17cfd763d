using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ImageSig.Imaging.Decoders;

/// <summary>The inverse cosine transform of an 8x8 block to 4x4 or 2x2 samples: the means of the samples that the full transform would give.</summary>
/// <remarks>The mean of a run of neighboring samples of cos((2x + 1) k π / 16) is again a multiple of a cosine, so each coefficient has one factor; those
/// of coefficient 4 (and, at 2x2, of 2 and 6) vanish. Constants carry 13 fractional bits, as in <see cref="InverseDct"/>;
/// with c(k) = cos(k π / 16), they are √2 times the sums named beside them.</remarks>
internal static unsafe class ScaledInverseDct
{
    private const int ConstantBits = 13;
    private const int PassBits = 2;

    /// <summary>To 4x4 samples.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Block4(short* coefficients, short* factors, byte* target, int stride)
    {
        const int FirstShift = ConstantBits - PassBits + 1;
        const int SecondShift = ConstantBits + PassBits + 4;
        Vector128<short> in0 = InverseDct.Dequantize(coefficients, factors, 0), in1 = InverseDct.Dequantize(coefficients, factors, 1);
        Vector128<short> in2 = InverseDct.Dequantize(coefficients, factors, 2), in3 = InverseDct.Dequantize(coefficients, factors, 3);
        Vector128<short> in5 = InverseDct.Dequantize(coefficients, factors, 5), in6 = InverseDct.Dequantize(coefficients, factors, 6);
        Vector128<short> in7 = InverseDct.Dequantize(coefficients, factors, 7);

        Vector128<int> rounding = Vector128.Create(1 << (FirstShift - 1));
        (Vector128<int> meanLower, Vector128<int> meanUpper) = ShortProducts.Sum(in0, 1 << (ConstantBits + 1), Vector128<short>.Zero, 0);
        (Vector128<int> evenLower, Vector128<int> evenUpper) = Even(in2, in6);
        (Vector128<int> outerLower, Vector128<int> outerUpper) = Outer(in1, in3, in5, in7);
        (Vector128<int> innerLower, Vector128<int> innerUpper) = Inner(in1, in3, in5, in7);
        (meanLower, meanUpper) = (meanLower + rounding, meanUpper + rounding);
        Vector128<short> row0 = Vector128.NarrowWithSaturation((meanLower + evenLower + outerLower) >> FirstShift, (meanUpper + evenUpper + outerUpper) >> FirstShift);
        Vector128<short> row1 = Vector128.NarrowWithSaturation((meanLower - evenLower + innerLower) >> FirstShift, (meanUpper - evenUpper + innerUpper) >> FirstShift);
        Vector128<short> row2 = Vector128.NarrowWithSaturation((meanLower - evenLower - innerLower) >> FirstShift, (meanUpper - evenUpper - innerUpper) >> FirstShift);
        Vector128<short> row3 = Vector128.NarrowWithSaturation((meanLower + evenLower - outerLower) >> FirstShift, (meanUpper + evenUpper - outerUpper) >> FirstShift);

        // Two columns of four numbers to a vector: 0 and 1, 2 and 3, 4 and 5, 6 and 7.
        Vector128<short> left02 = Transposition.ZipLow(row0, row2), left13 = Transposition.ZipLow(row1, row3);
        Vector128<short> right02 = Transposition.ZipHigh(row0, row2), right13 = Transposition.ZipHigh(row1, row3);
        Vector128<short> columns01 = Transposition.ZipLow(left02, left13), columns23 = Transposition.ZipHigh(left02, left13);
        Vector128<short> columns45 = Transposition.ZipLow(right02, right13), columns67 = Transposition.ZipHigh(right02, right13);

        rounding = Vector128.Create(1 << (SecondShift - 1));
        Vector128<int> mean = ShortProducts.Sum(columns01, 1 << (ConstantBits + 1), Vector128<short>.Zero, 0).Lower + rounding;
        Vector128<int> even = Even(columns23, columns67).Lower;
        Vector128<int> outer = Outer(columns01, columns23, columns45, columns67).Upper;
        Vector128<int> inner = Inner(columns01, columns23, columns45, columns67).Upper;
        Vector128<short> lefts = Vector128.NarrowWithSaturation((mean + even + outer) >> SecondShift, (mean - even + inner) >> SecondShift);
        Vector128<short> rights = Vector128.NarrowWithSaturation((mean - even - inner) >> SecondShift, (mean + even - outer) >> SecondShift);
        Vector128<byte> columns = Vector128.NarrowWithSaturation(lefts, rights).AsByte() ^ Vector128.Create((byte)128);
        Vector128<uint> samples = Vector128.Shuffle(columns, Vector128.Create((byte)0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15)).AsUInt32();
        for (int y = 0; y < 4; y++, target += stride)
            Unsafe.WriteUnaligned(target, samples[y]);
    }

    /// <summary>To 2x2 samples.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Block2(short* coefficients, short* factors, byte* target, int stride)
    {
        const int FirstShift = ConstantBits - PassBits + 2;
        const int SecondShift = ConstantBits + PassBits + 5;
        Vector128<int> rounding = Vector128.Create(1 << (FirstShift - 1));
        Vector128<short> in0 = InverseDct.Dequantize(coefficients, factors, 0);
        Vector128<int> meanLower = (Vector128.WidenLower(in0) << (ConstantBits + 2)) + rounding;
        Vector128<int> meanUpper = (Vector128.WidenUpper(in0) << (ConstantBits + 2)) + rounding;
        (Vector128<int> oddLower, Vector128<int> oddUpper) = InverseDct.Odd(
            InverseDct.Dequantize(coefficients, factors, 1), 29692,     // c1 + c3 + c5 + c7
            InverseDct.Dequantize(coefficients, factors, 3), -10426,    // c3 − c1 − c5 − c7
            InverseDct.Dequantize(coefficients, factors, 5), 6967,      // c3 − c1 + c5 + c7
            InverseDct.Dequantize(coefficients, factors, 7), -5906);    // c3 − c1 − c5 + c7
        WriteRow(Vector128.NarrowWithSaturation((meanLower + oddLower) >> FirstShift, (meanUpper + oddUpper) >> FirstShift), target);
        WriteRow(Vector128.NarrowWithSaturation((meanLower - oddLower) >> FirstShift, (meanUpper - oddUpper) >> FirstShift), target + stride);

        static void WriteRow(Vector128<short> row, byte* target)
        {
            int mean = (row[0] << (ConstantBits + 2)) + (1 << (SecondShift - 1));
            int odd = row[1] * 29692 + row[3] * -10426 + row[5] * 6967 + row[7] * -5906;
            target[0] = Sample((mean + odd) >> SecondShift);
            target[1] = Sample((mean - odd) >> SecondShift);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector128<int> Lower, Vector128<int> Upper) Even(Vector128<short> in2, Vector128<short> in6) =>
        ShortProducts.Sum(in2, 15137, in6, -6270);                              // c2 + c6, c6 − c2

    /// <summary>What the odd coefficients give to the first sample, and take from the last.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector128<int> Lower, Vector128<int> Upper) Outer(Vector128<short> in1, Vector128<short> in3, Vector128<short> in5, Vector128<short> in7) =>
        InverseDct.Odd(in1, 20995, in3, 7373, in5, -4926, in7, -4176);          // c1 + c3, c3 − c7, c5 − c1, c7 − c5

    /// <summary>What they give to the second, and take from the third.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector128<int> Lower, Vector128<int> Upper) Inner(Vector128<short> in1, Vector128<short> in3, Vector128<short> in5, Vector128<short> in7) =>
        InverseDct.Odd(in1, 8697, in3, -17799, in5, 11893, in7, -1730);         // c5 + c7, −c1 − c5, c3 + c7, c3 − c1

    private static byte Sample(int value) => (byte)Math.Clamp(value + 128, 0, 255);
}
