using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ImageSig.Imaging.Decoders;

/// <summary>Brings one row of a subsampled component to the picture's width.</summary>
/// <remarks>The smooth forms are the triangle filter: a new sample lies a quarter of the way to its neighbor, so it is 3/4 of the
/// nearer one and 1/4 of the farther; roundings alternate so that none drifts. At the edges the outermost sample is its own neighbor.</remarks>
internal static class ChromaUpsampling
{
    /// <summary>Twice the width: <c>even = (3·s + left + 1) / 4, odd = (3·s + right + 2) / 4</c>.</summary>
    public static void SmoothAcross(ReadOnlySpan<byte> samples, Span<byte> row, Span<ushort> scratch)
    {
        Span<ushort> sums = scratch[1..];
        for (int i = 0; i < samples.Length; i++)
            sums[i] = samples[i];
        Triangle(sums, scratch, samples.Length, row, evenRounding: 1, oddRounding: 2, shift: 2);
    }

    /// <summary>Half way between two rows, height doubled: <c>(3·near + far + rounding) / 4</c>.</summary>
    /// <param name="near">The row that covers this one.</param>
    /// <param name="far">The next row on this one's side.</param>
    /// <param name="row">Receives the samples.</param>
    /// <param name="rounding">1 in the upper row of the two, 2 in the lower.</param>
    public static void SmoothDown(ReadOnlySpan<byte> near, ReadOnlySpan<byte> far, Span<byte> row, int rounding)
    {
        for (int i = 0; i < near.Length; i++)
            row[i] = (byte)((3 * near[i] + far[i] + rounding) >> 2);
    }

    /// <summary>Twice the width and height: <c>s = 3·near + far; even = (3·s + left + 8) / 16, odd = (3·s + right + 7) / 16</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void SmoothBoth(ReadOnlySpan<byte> near, ReadOnlySpan<byte> far, Span<byte> row, Span<ushort> scratch)
    {
        Span<ushort> sums = scratch[1..];
        int i = 0;
        ref byte nearest = ref MemoryMarshal.GetReference(near);
        ref byte farthest = ref MemoryMarshal.GetReference(far);
        ref ushort to = ref MemoryMarshal.GetReference(sums);
        if (Vector256.IsHardwareAccelerated)
        {
            for (; i <= near.Length - 32; i += 32)
            {
                (Vector256<ushort> low, Vector256<ushort> high) = Vector256.Widen(Vector256.LoadUnsafe(ref nearest, (nuint)i));
                (Vector256<ushort> lowFar, Vector256<ushort> highFar) = Vector256.Widen(Vector256.LoadUnsafe(ref farthest, (nuint)i));
                (low + low + low + lowFar).StoreUnsafe(ref to, (nuint)i);
                (high + high + high + highFar).StoreUnsafe(ref to, (nuint)i + 16);
            }
        }
        if (Vector128.IsHardwareAccelerated)
        {
            for (; i <= near.Length - 16; i += 16)
            {
                (Vector128<ushort> low, Vector128<ushort> high) = Vector128.Widen(Vector128.LoadUnsafe(ref nearest, (nuint)i));
                (Vector128<ushort> lowFar, Vector128<ushort> highFar) = Vector128.Widen(Vector128.LoadUnsafe(ref farthest, (nuint)i));
                (low + low + low + lowFar).StoreUnsafe(ref to, (nuint)i);
                (high + high + high + highFar).StoreUnsafe(ref to, (nuint)i + 8);
            }
        }
        for (; i < near.Length; i++)
            sums[i] = (ushort)(3 * near[i] + far[i]);
        Triangle(sums, scratch, near.Length, row, evenRounding: 8, oddRounding: 7, shift: 4);
    }

    /// <summary>Each sample <paramref name="times"/> times.</summary>
    public static void Repeat(ReadOnlySpan<byte> samples, Span<byte> row, int times)
    {
        for (int i = 0, to = 0; to < row.Length; i++)
            for (int copy = 0; copy < times && to < row.Length; copy++)
                row[to++] = samples[i];
    }

    /// <summary>The filter along a row of sums; <paramref name="padded"/> is the same row with room for a neighbor on either side.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Triangle(Span<ushort> sums, Span<ushort> padded, int count, Span<byte> row, int evenRounding, int oddRounding, int shift)
    {
        padded[0] = sums[0];
        sums[count] = sums[count - 1];
        ref ushort center = ref MemoryMarshal.GetReference(sums);
        ref byte to = ref MemoryMarshal.GetReference(row);
        int i = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            Vector256<ushort> even = Vector256.Create((ushort)evenRounding);
            Vector256<ushort> odd = Vector256.Create((ushort)oddRounding);
            for (; 2 * i <= row.Length - 32; i += 16)
            {
                Vector256<ushort> here = Vector256.LoadUnsafe(ref center, (nuint)i);
                Vector256<ushort> tripled = here + here + here;
                Vector256<ushort> left = Vector256.LoadUnsafe(ref Unsafe.Add(ref center, i - 1));
                Vector256<ushort> right = Vector256.LoadUnsafe(ref center, (nuint)i + 1);
                Vector256<ushort> pairs = ((tripled + left + even) >> shift) | (((tripled + right + odd) >> shift) << 8);
                pairs.AsByte().StoreUnsafe(ref to, (nuint)(2 * i));
            }
        }
        if (Vector128.IsHardwareAccelerated)
        {
            Vector128<ushort> even = Vector128.Create((ushort)evenRounding);
            Vector128<ushort> odd = Vector128.Create((ushort)oddRounding);
            for (; 2 * i <= row.Length - 16; i += 8)
            {
                Vector128<ushort> here = Vector128.LoadUnsafe(ref center, (nuint)i);
                Vector128<ushort> tripled = here + here + here;
                Vector128<ushort> left = Vector128.LoadUnsafe(ref Unsafe.Add(ref center, i - 1));
                Vector128<ushort> right = Vector128.LoadUnsafe(ref center, (nuint)i + 1);
                // Little-endian: the even sample is the lower byte of each pair.
                Vector128<ushort> pairs = ((tripled + left + even) >> shift) | (((tripled + right + odd) >> shift) << 8);
                pairs.AsByte().StoreUnsafe(ref to, (nuint)(2 * i));
            }
        }
        for (; i < count; i++)
        {
            int tripled = 3 * sums[i];
            if (2 * i < row.Length)
                row[2 * i] = (byte)((tripled + padded[i] + evenRounding) >> shift);
            if (2 * i + 1 < row.Length)
                row[2 * i + 1] = (byte)((tripled + sums[i + 1] + oddRounding) >> shift);
        }
    }
}
