using System.Runtime.CompilerServices;

namespace ImageSig.Imaging.Decoders;

/// <summary>The inverse cosine transform of an 8x8 block to 4x4 or 2x2 samples: the means of the samples that the full transform would give.</summary>
/// <remarks>The mean of a run of neighbouring samples of cos((2x + 1) k π / 16) is again a multiple of a cosine, so each coefficient has one factor; those
/// of coefficient 4 (and, at 2x2, of 2 and 6) vanish. Constants carry 13 fractional bits, as in <see cref="InverseDct"/>;
/// with c(k) = cos(k π / 16), they are √2 times the sums named beside them.</remarks>
internal static unsafe class ScaledInverseDct
{
    private const int ConstantBits = 13;
    private const int PassBits = 2;

    /// <summary>To 4x4 samples.</summary>
    public static void Block4(short* coefficients, int[] factors, byte* target, int stride)
    {
        int* work = stackalloc int[32];
        fixed (int* factor = factors)
        {
            for (int lane = 0; lane < 8; lane += 4)
            {
                short* from = coefficients + lane;
                int* by = factor + lane;
                Butterfly4(
                    Load(from, by), Load(from + 8, by + 8), Load(from + 16, by + 16), Load(from + 24, by + 24),
                    Load(from + 40, by + 40), Load(from + 48, by + 48), Load(from + 56, by + 56),
                    ConstantBits - PassBits + 1, work + lane);
            }
        }
        Transposition.Square4(work, work);
        Transposition.Square4(work + 4, work + 4);
        // Rows of the left half are columns 0 to 3 now, rows of the right half columns 4 to 7.
        Butterfly4(
            FourLanes.Load(work), FourLanes.Load(work + 8), FourLanes.Load(work + 16), FourLanes.Load(work + 24),
            FourLanes.Load(work + 12), FourLanes.Load(work + 20), FourLanes.Load(work + 28),
            ConstantBits + PassBits + 4, work);
        Transposition.Square4(work, work);
        for (int y = 0; y < 4; y++, target += stride)
            for (int x = 0; x < 4; x++)
                target[x] = Sample(work[8 * y + x]);
    }

    /// <summary>To 2x2 samples.</summary>
    public static void Block2(short* coefficients, int[] factors, byte* target, int stride)
    {
        int* work = stackalloc int[16];
        fixed (int* factor = factors)
        {
            for (int lane = 0; lane < 8; lane += 4)
            {
                short* from = coefficients + lane;
                int* by = factor + lane;
                FourLanes even = (Load(from, by) << (ConstantBits + 2)) + FourLanes.Create(1 << (ConstantBits - PassBits + 1));
                FourLanes odd = Load(from + 8, by + 8) * 29692 + Load(from + 24, by + 24) * -10426
                    + Load(from + 40, by + 40) * 6967 + Load(from + 56, by + 56) * -5906;
                FourLanes.Store((even + odd) >> (ConstantBits - PassBits + 2), work + lane);
                FourLanes.Store((even - odd) >> (ConstantBits - PassBits + 2), work + 8 + lane);
            }
        }
        for (int y = 0; y < 2; y++, work += 8, target += stride)
        {
            const int Shift = ConstantBits + PassBits + 5;
            int even = (work[0] << (ConstantBits + 2)) + (1 << (Shift - 1));
            int odd = work[1] * 29692                   // c1 + c3 + c5 + c7
                + work[3] * -10426                      // c3 − c1 − c5 − c7
                + work[5] * 6967                        // c3 − c1 + c5 + c7
                + work[7] * -5906;                      // c3 − c1 − c5 + c7
            target[0] = Sample((even + odd) >> Shift);
            target[1] = Sample((even - odd) >> Shift);
        }
    }

    /// <summary>One pass of the 4-point transform; coefficient 4 has no part in it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Butterfly4(FourLanes in0, FourLanes in1, FourLanes in2, FourLanes in3, FourLanes in5, FourLanes in6, FourLanes in7, int shift, int* to)
    {
        FourLanes mean = (in0 << (ConstantBits + 1)) + FourLanes.Create(1 << (shift - 1));
        FourLanes even = in2 * 15137 + in6 * -6270;                                         // c2 + c6, c6 − c2
        FourLanes outer = in1 * 20995 + in3 * 7373 + in5 * -4926 + in7 * -4176;             // c1 + c3, c3 − c7, c5 − c1, c7 − c5
        FourLanes inner = in1 * 8697 + in3 * -17799 + in5 * 11893 + in7 * -1730;            // c5 + c7, −c1 − c5, c3 + c7, c3 − c1
        FourLanes.Store((mean + even + outer) >> shift, to);
        FourLanes.Store((mean - even + inner) >> shift, to + 8);
        FourLanes.Store((mean - even - inner) >> shift, to + 16);
        FourLanes.Store((mean + even - outer) >> shift, to + 24);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static FourLanes Load(short* coefficients, int* factors) => FourLanes.Load(coefficients) * FourLanes.Load(factors);

    private static byte Sample(int value) => (byte)Math.Clamp(value + 128, 0, 255);
}
