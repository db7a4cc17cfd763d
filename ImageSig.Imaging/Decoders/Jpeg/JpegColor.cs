using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ImageSig.Imaging.Decoders;

/// <summary>From a JPEG's colors to RGB, one row at a time.</summary>
/// <remarks>Source: ITU-T T.871 (JFIF), section 7: R = Y + 1.402 Cr', G = Y − 0.344136 Cb' − 0.714136 Cr', B = Y + 1.772 Cb',
/// with Cb' = Cb − 128, Cr' = Cr − 128, here with 16 fractional bits.</remarks>
internal static class JpegColor
{
    private const int Whole = 1 << 16;
    private const int Half = Whole / 2;
    private const int RedFromCr = 91881;
    private const int GreenFromCb = -22554;
    private const int GreenFromCr = -46802;
    private const int BlueFromCb = 116130;

    /// <summary>Y, Cb, Cr to R, G, B.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void FromYcc(ReadOnlySpan<byte> y, ReadOnlySpan<byte> cb, ReadOnlySpan<byte> cr, Span<byte> rgb)
    {
        int x = 0;
        ref byte luma = ref MemoryMarshal.GetReference(y);
        ref byte blueness = ref MemoryMarshal.GetReference(cb);
        ref byte redness = ref MemoryMarshal.GetReference(cr);
        ref byte to = ref MemoryMarshal.GetReference(rgb);
        if (Avx2.IsSupported)
        {
            for (; x <= y.Length - 16; x += 16)
            {
                Vector256<short> lumas = Avx2.ConvertToVector256Int16(Vector128.LoadUnsafe(ref luma, (nuint)x));
                Vector256<short> blues = Avx2.ConvertToVector256Int16((Vector128.LoadUnsafe(ref blueness, (nuint)x) ^ Vector128.Create((byte)128)).AsSByte());
                Vector256<short> reds = Avx2.ConvertToVector256Int16((Vector128.LoadUnsafe(ref redness, (nuint)x) ^ Vector128.Create((byte)128)).AsSByte());
                Interleave(Narrow(Red(lumas, reds)), Narrow(Green(lumas, blues, reds)), Narrow(Blue(lumas, blues)), ref Unsafe.Add(ref to, 3 * x));
            }
        }
        else if (Vector128.IsHardwareAccelerated)
        {
            for (; x <= y.Length - 16; x += 16)
            {
                Vector128<byte> lumas = Vector128.LoadUnsafe(ref luma, (nuint)x);
                (Vector128<short> lowCb, Vector128<short> highCb) = Vector128.Widen((Vector128.LoadUnsafe(ref blueness, (nuint)x) ^ Vector128.Create((byte)128)).AsSByte());
                (Vector128<short> lowCr, Vector128<short> highCr) = Vector128.Widen((Vector128.LoadUnsafe(ref redness, (nuint)x) ^ Vector128.Create((byte)128)).AsSByte());
                (Vector128<ushort> lowY, Vector128<ushort> highY) = Vector128.Widen(lumas);
                Vector128<byte> red = Saturation.NarrowUnsigned(Red(lowY.AsInt16(), lowCr), Red(highY.AsInt16(), highCr));
                Vector128<byte> green = Saturation.NarrowUnsigned(Green(lowY.AsInt16(), lowCb, lowCr), Green(highY.AsInt16(), highCb, highCr));
                Vector128<byte> blue = Saturation.NarrowUnsigned(Blue(lowY.AsInt16(), lowCb), Blue(highY.AsInt16(), highCb));
                Interleave(red, green, blue, ref Unsafe.Add(ref to, 3 * x));
            }
        }
        for (; x < y.Length; x++)
        {
            (int blue, int red) = (cb[x] - 128, cr[x] - 128);
            rgb[3 * x] = Clamp(y[x] + ((RedFromCr * red + Half) >> 16));
            rgb[3 * x + 1] = Clamp(y[x] + ((GreenFromCb * blue + GreenFromCr * red + Half) >> 16));
            rgb[3 * x + 2] = Clamp(y[x] + ((BlueFromCb * blue + Half) >> 16));
        }
    }

    /// <summary>Three planes to pixels.</summary>
    public static void Interleave(ReadOnlySpan<byte> red, ReadOnlySpan<byte> green, ReadOnlySpan<byte> blue, Span<byte> rgb)
    {
        green = green[..red.Length];
        blue = blue[..red.Length];
        rgb = rgb[..(3 * red.Length)];
        int x = 0;
        if (Vector128.IsHardwareAccelerated)
        {
            ref byte reds = ref MemoryMarshal.GetReference(red), greens = ref MemoryMarshal.GetReference(green), blues = ref MemoryMarshal.GetReference(blue), to = ref MemoryMarshal.GetReference(rgb);
            for (; x <= red.Length - 16; x += 16)
                Interleave(Vector128.LoadUnsafe(ref reds, (nuint)x), Vector128.LoadUnsafe(ref greens, (nuint)x), Vector128.LoadUnsafe(ref blues, (nuint)x), ref Unsafe.Add(ref to, 3 * x));
        }
        for (; x < red.Length; x++)
        {
            rgb[3 * x] = red[x];
            rgb[3 * x + 1] = green[x];
            rgb[3 * x + 2] = blue[x];
        }
    }

    /// <summary>Lays black ink over the three others: <c>rgb = round(rgb · black / 255)</c>, all four stored inverted.</summary>
    public static void Darken(Span<byte> rgb, ReadOnlySpan<byte> black)
    {
        for (int i = 0; i < rgb.Length; i++)
            rgb[i] = (byte)((rgb[i] * black[i / 3] + 127) / 255);
    }

    /// <summary><c>row = 255 − row</c>.</summary>
    public static void Invert(Span<byte> row)
    {
        for (int i = 0; i < row.Length; i++)
            row[i] = (byte)~row[i];
    }

    private static byte Clamp(int value) => (byte)Math.Clamp(value, 0, 255);

    // The factors but for their whole part fit into 16 bits, and the rounded product is the same: ⌊(⌊2p⌋ + 1) / 2⌋ = ⌊p + 1/2⌋.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<short> Red(Vector128<short> y, Vector128<short> cr) => y + cr + Halve(ShortProducts.DoubledHigh(cr, RedFromCr - Whole));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<short> Blue(Vector128<short> y, Vector128<short> cb) => y + cb + cb + Halve(ShortProducts.DoubledHigh(cb, BlueFromCb - 2 * Whole));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<short> Green(Vector128<short> y, Vector128<short> cb, Vector128<short> cr)
    {
        (Vector128<int> lower, Vector128<int> upper) = ShortProducts.Sum(cb, GreenFromCb, cr, GreenFromCr + Whole);
        Vector128<int> half = Vector128.Create(Half);
        return y - cr + Vector128.NarrowWithSaturation((lower + half) >> 16, (upper + half) >> 16);
    }

    // The same for sixteen pixels.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<short> Red(Vector256<short> y, Vector256<short> cr) => y + cr + Halved(cr, RedFromCr - Whole);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<short> Blue(Vector256<short> y, Vector256<short> cb) => y + cb + cb + Halved(cb, BlueFromCb - 2 * Whole);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<short> Green(Vector256<short> y, Vector256<short> cb, Vector256<short> cr)
    {
        Vector256<short> factors = Vector256.Create(((GreenFromCr + Whole) << 16) | (GreenFromCb & 0xFFFF)).AsInt16();
        Vector256<int> half = Vector256.Create(Half);
        Vector256<int> lower = Avx2.MultiplyAddAdjacent(Avx2.UnpackLow(cb, cr), factors), upper = Avx2.MultiplyAddAdjacent(Avx2.UnpackHigh(cb, cr), factors);
        return y - cr + Avx2.PackSignedSaturate((lower + half) >> 16, (upper + half) >> 16);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<short> Halved(Vector256<short> color, short factor) =>
        (Avx2.MultiplyHigh(color + color, Vector256.Create(factor)) + Vector256<short>.One) >> 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Narrow(Vector256<short> levels) => Saturation.NarrowUnsigned(levels.GetLower(), levels.GetUpper());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<short> Halve(Vector128<short> doubled) => (doubled + Vector128<short>.One) >> 1;

    /// <summary>16 of each to 48 bytes r₀ g₀ b₀ r₁ …; an index beyond 15 gives zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Interleave(Vector128<byte> red, Vector128<byte> green, Vector128<byte> blue, ref byte to)
    {
        const byte No = 255;
        Vector128<byte> first = Vector128.Shuffle(red, Vector128.Create(0, No, No, 1, No, No, 2, No, No, 3, No, No, 4, No, No, 5))
            | Vector128.Shuffle(green, Vector128.Create(No, 0, No, No, 1, No, No, 2, No, No, 3, No, No, 4, No, No))
            | Vector128.Shuffle(blue, Vector128.Create(No, No, 0, No, No, 1, No, No, 2, No, No, 3, No, No, 4, No));
        Vector128<byte> second = Vector128.Shuffle(red, Vector128.Create(No, No, 6, No, No, 7, No, No, 8, No, No, 9, No, No, 10, No))
            | Vector128.Shuffle(green, Vector128.Create(5, No, No, 6, No, No, 7, No, No, 8, No, No, 9, No, No, 10))
            | Vector128.Shuffle(blue, Vector128.Create(No, 5, No, No, 6, No, No, 7, No, No, 8, No, No, 9, No, No));
        Vector128<byte> third = Vector128.Shuffle(red, Vector128.Create(No, 11, No, No, 12, No, No, 13, No, No, 14, No, No, 15, No, No))
            | Vector128.Shuffle(green, Vector128.Create(No, No, 11, No, No, 12, No, No, 13, No, No, 14, No, No, 15, No))
            | Vector128.Shuffle(blue, Vector128.Create(10, No, No, 11, No, No, 12, No, No, 13, No, No, 14, No, No, 15));
        first.StoreUnsafe(ref to);
        second.StoreUnsafe(ref to, 16);
        third.StoreUnsafe(ref to, 32);
    }
}
