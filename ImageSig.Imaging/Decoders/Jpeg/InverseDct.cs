using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ImageSig.Imaging.Decoders;

/// <summary>The inverse cosine transform of an 8x8 block, in whole numbers.</summary>
/// <remarks>
/// <para>Columns first, then rows, each with 12 multiplications; constants carry 13 fractional bits, the values between the passes 2.
/// Rounding is the one every accurate integer decoder shares, so the samples are the same to the last bit.</para>
/// <para>Source: C. Loeffler, A. Ligtenberg, G. Moschytz, "Practical fast 1-D DCT algorithms with 11 multiplications", ICASSP 1989.</para>
/// </remarks>
internal static unsafe class InverseDct
{
    private const int ConstantBits = 13;
    private const int PassBits = 2;

    /// <summary>A block of which only the mean is not zero.</summary>
    /// <param name="mean">The dequantised DC coefficient.</param>
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
    public static void Block(short* coefficients, int[] factors, byte* target, int stride)
    {
        fixed (int* factor = factors)
        {
            if (Vector256.IsHardwareAccelerated)
                Block<EightLanes>(coefficients, factor, target, stride);
            else
                Block<FourLanes>(coefficients, factor, target, stride);
        }
    }

    /// <summary>The same, at a chosen width.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Block<T>(short* coefficients, int* factors, byte* target, int stride) where T : unmanaged, IIntegerLanes<T>
    {
        int* work = stackalloc int[64];
        for (int lane = 0; lane < 8; lane += T.Count)
        {
            short* from = coefficients + lane;
            int* factor = factors + lane;
            Butterfly(
                T.Load(from) * T.Load(factor), T.Load(from + 8) * T.Load(factor + 8),
                T.Load(from + 16) * T.Load(factor + 16), T.Load(from + 24) * T.Load(factor + 24),
                T.Load(from + 32) * T.Load(factor + 32), T.Load(from + 40) * T.Load(factor + 40),
                T.Load(from + 48) * T.Load(factor + 48), T.Load(from + 56) * T.Load(factor + 56),
                ConstantBits - PassBits, work + lane);
        }
        Transposition.Square8(work);
        for (int lane = 0; lane < 8; lane += T.Count)
        {
            int* from = work + lane;
            Butterfly(
                T.Load(from), T.Load(from + 8), T.Load(from + 16), T.Load(from + 24),
                T.Load(from + 32), T.Load(from + 40), T.Load(from + 48), T.Load(from + 56),
                ConstantBits + PassBits + 3, work + lane);
        }
        Transposition.Square8(work);
        for (int y = 0; y < 8; y += 2, target += 2 * stride)
            Store(work + 8 * y, target, target + stride);
    }

    /// <summary>One pass, along the first index, for as many lines as there are lanes; scaled by <c>√8 · 2^13 / 2^shift</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Butterfly<T>(T in0, T in1, T in2, T in3, T in4, T in5, T in6, T in7, int shift, int* to)
        where T : unmanaged, IIntegerLanes<T>
    {
        T rounding = T.Create(1 << (shift - 1));
        T common = (in2 + in6) * 4433;                  // 0.541196100
        T even2 = common - in6 * 15137;                 // 1.847759065
        T even3 = common + in2 * 6270;                  // 0.765366865
        T even0 = ((in0 + in4) << ConstantBits) + rounding;
        T even1 = ((in0 - in4) << ConstantBits) + rounding;
        T sum0 = even0 + even3;
        T sum3 = even0 - even3;
        T sum1 = even1 + even2;
        T sum2 = even1 - even2;

        T z5 = (in7 + in3 + in5 + in1) * 9633;          // 1.175875602
        T z1 = (in7 + in1) * -7373;                     // 0.899976223
        T z2 = (in5 + in3) * -20995;                    // 2.562915447
        T z3 = (in7 + in3) * -16069 + z5;               // 1.961570560
        T z4 = (in5 + in1) * -3196 + z5;                // 0.390180644
        T odd0 = in7 * 2446 + z1 + z3;                  // 0.298631336
        T odd1 = in5 * 16819 + z2 + z4;                 // 2.053119869
        T odd2 = in3 * 25172 + z2 + z3;                 // 3.072711026
        T odd3 = in1 * 12299 + z1 + z4;                 // 1.501321110

        T.Store((sum0 + odd3) >> shift, to);
        T.Store((sum1 + odd2) >> shift, to + 8);
        T.Store((sum2 + odd1) >> shift, to + 16);
        T.Store((sum3 + odd0) >> shift, to + 24);
        T.Store((sum3 - odd0) >> shift, to + 32);
        T.Store((sum2 - odd1) >> shift, to + 40);
        T.Store((sum1 - odd2) >> shift, to + 48);
        T.Store((sum0 - odd3) >> shift, to + 56);
    }

    /// <summary>Two rows of signed values, clamped to a signed byte and moved up by 128.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(int* rows, byte* first, byte* second)
    {
        Vector128<short> one = Saturation.Narrow(Vector128.Load(rows), Vector128.Load(rows + 4));
        Vector128<short> two = Saturation.Narrow(Vector128.Load(rows + 8), Vector128.Load(rows + 12));
        Vector128<ulong> samples = (Saturation.Narrow(one, two).AsByte() ^ Vector128.Create((byte)128)).AsUInt64();
        Unsafe.WriteUnaligned(first, samples[0]);
        Unsafe.WriteUnaligned(second, samples[1]);
    }
}
