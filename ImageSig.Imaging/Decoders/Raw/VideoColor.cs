using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ImageSig.Imaging.Decoders;

/// <summary>From the colors of video, Y 16…235 and U, V 16…240, to RGB, one row at a time.</summary>
/// <remarks>Source: ITU-R BT.601-7, section 2.5: R = 255/219 Y' + 1.402 · 255/224 V', G = 255/219 Y' − (0.344136 U' + 0.714136 V') · 255/224, B = 255/219 Y' + 1.772 · 255/224 U',
/// with Y' = Y − 16, U' = U − 128, V' = V − 128, here with 16 fractional bits.</remarks>
internal static class VideoColor
{
    private const int Whole = 1 << 16, Half = Whole / 2, Black = 16;
    private const int FromY = 76309, RedFromV = 104597, GreenFromU = -25675, GreenFromV = -53279, BlueFromU = 132201;

    /// <summary>Y, U, V to R, G, B.</summary>
    /// <param name="y">[count].</param>
    /// <param name="u">[count].</param>
    /// <param name="v">[count].</param>
    /// <param name="rgb">[count, 3].</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void FromYcc(ReadOnlySpan<byte> y, ReadOnlySpan<byte> u, ReadOnlySpan<byte> v, Span<byte> rgb)
    {
        int x = 0;
        ref byte luma = ref MemoryMarshal.GetReference(y), blueness = ref MemoryMarshal.GetReference(u), redness = ref MemoryMarshal.GetReference(v), to = ref MemoryMarshal.GetReference(rgb);
        if (Vector128.IsHardwareAccelerated)
        {
            for (; x <= y.Length - Vector128<byte>.Count; x += Vector128<byte>.Count)
            {
                (Vector128<short> lowY, Vector128<short> highY) = Less(Vector128.LoadUnsafe(ref luma, (nuint)x), Black);
                (Vector128<short> lowU, Vector128<short> highU) = Less(Vector128.LoadUnsafe(ref blueness, (nuint)x), 128);
                (Vector128<short> lowV, Vector128<short> highV) = Less(Vector128.LoadUnsafe(ref redness, (nuint)x), 128);
                JpegColor.Interleave(
                    Saturation.NarrowUnsigned(Red(lowY, lowV), Red(highY, highV)),
                    Saturation.NarrowUnsigned(Green(lowY, lowU, lowV), Green(highY, highU, highV)),
                    Saturation.NarrowUnsigned(Blue(lowY, lowU), Blue(highY, highU)), ref Unsafe.Add(ref to, 3 * x));
            }
        }
        for (; x < y.Length; x++)
        {
            int gray = (FromY * (y[x] - Black)) + Half, blue = u[x] - 128, red = v[x] - 128;
            rgb[3 * x] = Level(gray + (RedFromV * red));
            rgb[(3 * x) + 1] = Level(gray + (GreenFromU * blue) + (GreenFromV * red));
            rgb[(3 * x) + 2] = Level(gray + (BlueFromU * blue));
        }
    }

    private static byte Level(int value) => (byte)Math.Clamp(value >> 16, 0, 255);

    private static (Vector128<short> Lower, Vector128<short> Upper) Less(Vector128<byte> values, short zero)
    {
        (Vector128<ushort> lower, Vector128<ushort> upper) = Vector128.Widen(values);
        return (lower.AsInt16() - Vector128.Create(zero), upper.AsInt16() - Vector128.Create(zero));
    }

    // The factors but for their whole parts fit into 16 bits.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<short> Red(Vector128<short> y, Vector128<short> v) => y + v + v + Rounded(ShortProducts.Sum(y, FromY - Whole, v, RedFromV - 2 * Whole));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<short> Blue(Vector128<short> y, Vector128<short> u) => y + u + u + Rounded(ShortProducts.Sum(y, FromY - Whole, u, BlueFromU - 2 * Whole));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<short> Green(Vector128<short> y, Vector128<short> u, Vector128<short> v)
    {
        (Vector128<int> lower, Vector128<int> upper) = ShortProducts.Sum(y, FromY - Whole, u, GreenFromU);
        (Vector128<int> lowerV, Vector128<int> upperV) = ShortProducts.Sum(v, GreenFromV + Whole, v, 0);
        return y - v + Rounded((lower + lowerV, upper + upperV));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<short> Rounded((Vector128<int> Lower, Vector128<int> Upper) sums)
    {
        Vector128<int> half = Vector128.Create(Half);
        return Vector128.NarrowWithSaturation((sums.Lower + half) >> 16, (sums.Upper + half) >> 16);
    }
}
