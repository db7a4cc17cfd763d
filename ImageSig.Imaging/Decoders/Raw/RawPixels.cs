using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ImageSig.Imaging.Decoders;

/// <summary>What is done to the bytes of a raw row before they are pixels.</summary>
internal static class RawPixels
{
    /// <summary>Three bytes of each pixel, in the order wanted.</summary>
    /// <param name="row">[count, step].</param>
    /// <param name="step">Bytes of a pixel, 3 or 4.</param>
    /// <param name="red">Which of them is red.</param>
    /// <param name="green">Green.</param>
    /// <param name="blue">Blue.</param>
    /// <param name="rgb">[count, 3].</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Pick(ReadOnlySpan<byte> row, int step, int red, int green, int blue, Span<byte> rgb)
    {
        const int AtOnce = 4;
        int from = 0, to = 0;
        ref byte source = ref MemoryMarshal.GetReference(row), pixels = ref MemoryMarshal.GetReference(rgb);
        if (Vector128.IsHardwareAccelerated)
        {
            Vector128<byte> order = Vector128.Create(
                (byte)red, (byte)green, (byte)blue, (byte)(step + red), (byte)(step + green), (byte)(step + blue), (byte)(2 * step + red), (byte)(2 * step + green), (byte)(2 * step + blue),
                (byte)(3 * step + red), (byte)(3 * step + green), (byte)(3 * step + blue), 0, 0, 0, 0);
            // Sixteen bytes are read and written, twelve of them meant: the next four pixels overwrite the others.
            for (; to <= rgb.Length - Vector128<byte>.Count && from <= row.Length - Vector128<byte>.Count; from += AtOnce * step, to += AtOnce * 3)
                Vector128.Shuffle(Vector128.LoadUnsafe(ref source, (nuint)from), order).StoreUnsafe(ref pixels, (nuint)to);
        }
        for (; to < rgb.Length; from += step, to += 3)
            (rgb[to], rgb[to + 1], rgb[to + 2]) = (row[from + red], row[from + green], row[from + blue]);
    }

    /// <summary>Every value twice: <c>row[x] = values[⌊x / 2⌋]</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Double(ReadOnlySpan<byte> values, Span<byte> row)
    {
        int x = 0;
        ref byte source = ref MemoryMarshal.GetReference(values), to = ref MemoryMarshal.GetReference(row);
        if (Vector128.IsHardwareAccelerated)
        {
            // Sixteen values are read, and the eight in front are wanted.
            for (; x <= row.Length - Vector128<byte>.Count && (x / 2) <= values.Length - Vector128<byte>.Count; x += Vector128<byte>.Count)
            {
                Vector128<ushort> wide = Vector128.WidenLower(Vector128.LoadUnsafe(ref source, (nuint)(x / 2)));
                (wide | (wide << 8)).AsByte().StoreUnsafe(ref to, (nuint)x);
            }
        }
        for (; x < row.Length; x++)
            row[x] = values[x / 2];
    }

    /// <summary>Of pairs (u, v) every value twice: <c>u[x] = pairs[⌊x / 2⌋, 0], v[x] = pairs[⌊x / 2⌋, 1]</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void DoublePairs(ReadOnlySpan<byte> pairs, Span<byte> u, Span<byte> v)
    {
        int x = 0;
        ref byte source = ref MemoryMarshal.GetReference(pairs), first = ref MemoryMarshal.GetReference(u), second = ref MemoryMarshal.GetReference(v);
        if (Vector128.IsHardwareAccelerated)
        {
            for (; x <= u.Length - Vector128<byte>.Count; x += Vector128<byte>.Count)
            {
                // Little-endian: u is the lower byte of each pair.
                Vector128<ushort> both = Vector128.LoadUnsafe(ref source, (nuint)x).AsUInt16();
                Vector128<ushort> lower = both & Vector128.Create((ushort)0xFF), upper = both >> 8;
                (lower | (lower << 8)).AsByte().StoreUnsafe(ref first, (nuint)x);
                (upper | (upper << 8)).AsByte().StoreUnsafe(ref second, (nuint)x);
            }
        }
        for (; x < u.Length; x++)
            (u[x], v[x]) = (pairs[x / 2 * 2], pairs[(x / 2 * 2) + 1]);
    }
}
