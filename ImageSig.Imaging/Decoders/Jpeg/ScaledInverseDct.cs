using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

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
        fixed (int* factor = factors)
        {
            if (Vector256.IsHardwareAccelerated)
                Block4<EightLanes>(coefficients, factor, target, stride);
            else
                Block4<FourLanes>(coefficients, factor, target, stride);
        }
    }

    /// <summary>The same, at a chosen width.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Block4<T>(short* coefficients, int* factors, byte* target, int stride) where T : unmanaged, IIntegerLanes<T>
    {
        int* work = stackalloc int[32];
        for (int lane = 0; lane < 8; lane += T.Count)
        {
            short* from = coefficients + lane;
            int* by = factors + lane;
            Butterfly4(
                T.Load(from) * T.Load(by), T.Load(from + 8) * T.Load(by + 8), T.Load(from + 16) * T.Load(by + 16), T.Load(from + 24) * T.Load(by + 24),
                T.Load(from + 40) * T.Load(by + 40), T.Load(from + 48) * T.Load(by + 48), T.Load(from + 56) * T.Load(by + 56),
                ConstantBits - PassBits + 1, work + lane);
        }
        // Afterwards rows of the left half are columns 0 to 3, rows of the right half columns 4 to 7.
        Transposition.Square4(work, work);
        Transposition.Square4(work + 4, work + 4);
        Butterfly4(
            FourLanes.Load(work), FourLanes.Load(work + 8), FourLanes.Load(work + 16), FourLanes.Load(work + 24),
            FourLanes.Load(work + 12), FourLanes.Load(work + 20), FourLanes.Load(work + 28),
            ConstantBits + PassBits + 4, work);
        Transposition.Square4(work, work);
        Vector128<short> upper = Saturation.Narrow(Vector128.Load(work), Vector128.Load(work + 8));
        Vector128<short> lower = Saturation.Narrow(Vector128.Load(work + 16), Vector128.Load(work + 24));
        Vector128<uint> samples = (Saturation.Narrow(upper, lower).AsByte() ^ Vector128.Create((byte)128)).AsUInt32();
        for (int y = 0; y < 4; y++, target += stride)
            Unsafe.WriteUnaligned(target, samples[y]);
    }

    /// <summary>To 2x2 samples.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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
    private static void Butterfly4<T>(T in0, T in1, T in2, T in3, T in5, T in6, T in7, int shift, int* to) where T : unmanaged, IIntegerLanes<T>
    {
        T mean = (in0 << (ConstantBits + 1)) + T.Create(1 << (shift - 1));
        T even = in2 * 15137 + in6 * -6270;                                         // c2 + c6, c6 − c2
        T outer = in1 * 20995 + in3 * 7373 + in5 * -4926 + in7 * -4176;             // c1 + c3, c3 − c7, c5 − c1, c7 − c5
        T inner = in1 * 8697 + in3 * -17799 + in5 * 11893 + in7 * -1730;            // c5 + c7, −c1 − c5, c3 + c7, c3 − c1
        T.Store((mean + even + outer) >> shift, to);
        T.Store((mean - even + inner) >> shift, to + 8);
        T.Store((mean - even - inner) >> shift, to + 16);
        T.Store((mean + even - outer) >> shift, to + 24);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static FourLanes Load(short* coefficients, int* factors) => FourLanes.Load(coefficients) * FourLanes.Load(factors);

    private static byte Sample(int value) => (byte)Math.Clamp(value + 128, 0, 255);
}
