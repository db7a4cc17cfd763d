using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ImageSig.Imaging;

/// <summary>The inner loops of area averaging.</summary>
internal static class AreaKernel
{
    /// <summary><c>sums += weight · row</c>, in whole numbers.</summary>
    /// <param name="row">Samples 0…255.</param>
    /// <param name="weight">The overlap of this row, at most the source's or the target's height.</param>
    /// <param name="sums">One sum per sample; stays below 2^32 while the source's height is below 2^24.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddRow(ReadOnlySpan<byte> row, uint weight, Span<uint> sums)
    {
        int done = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            ref byte from = ref MemoryMarshal.GetReference(row);
            ref uint to = ref MemoryMarshal.GetReference(sums);
            Vector256<uint> factor = Vector256.Create(weight);
            for (; done <= row.Length - 16; done += 16)
            {
                (Vector128<ushort> low, Vector128<ushort> high) = Vector128.Widen(Vector128.LoadUnsafe(ref from, (nuint)done));
                Add(low, factor, ref Unsafe.Add(ref to, done));
                Add(high, factor, ref Unsafe.Add(ref to, done + 8));
            }
        }
        else if (Vector128.IsHardwareAccelerated)
        {
            ref byte from = ref MemoryMarshal.GetReference(row);
            ref uint to = ref MemoryMarshal.GetReference(sums);
            Vector128<uint> factor = Vector128.Create(weight);
            for (; done <= row.Length - 16; done += 16)
            {
                (Vector128<ushort> low, Vector128<ushort> high) = Vector128.Widen(Vector128.LoadUnsafe(ref from, (nuint)done));
                Add(low, factor, ref Unsafe.Add(ref to, done));
                Add(high, factor, ref Unsafe.Add(ref to, done + 8));
            }
        }
        for (; done < row.Length; done++)
            sums[done] += weight * row[done];
    }

    /// <summary>How many rows <see cref="AddWhole"/> may add before a sum of 16 bits could overflow: 257 · 255 = 65535.</summary>
    public const int MaxWhole = 257;

    /// <summary><c>sums += row</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddWhole(ReadOnlySpan<byte> row, Span<ushort> sums)
    {
        int done = 0;
        ref byte from = ref MemoryMarshal.GetReference(row);
        ref ushort to = ref MemoryMarshal.GetReference(sums);
        if (Vector256.IsHardwareAccelerated)
        {
            for (; done <= row.Length - 32; done += 32)
            {
                (Vector256<ushort> low, Vector256<ushort> high) = Vector256.Widen(Vector256.LoadUnsafe(ref from, (nuint)done));
                (Vector256.LoadUnsafe(ref to, (nuint)done) + low).StoreUnsafe(ref to, (nuint)done);
                (Vector256.LoadUnsafe(ref to, (nuint)done + 16) + high).StoreUnsafe(ref to, (nuint)done + 16);
            }
        }
        else if (Vector128.IsHardwareAccelerated)
        {
            for (; done <= row.Length - 16; done += 16)
            {
                (Vector128<ushort> low, Vector128<ushort> high) = Vector128.Widen(Vector128.LoadUnsafe(ref from, (nuint)done));
                (Vector128.LoadUnsafe(ref to, (nuint)done) + low).StoreUnsafe(ref to, (nuint)done);
                (Vector128.LoadUnsafe(ref to, (nuint)done + 8) + high).StoreUnsafe(ref to, (nuint)done + 8);
            }
        }
        for (; done < row.Length; done++)
            sums[done] += row[done];
    }

    /// <summary><c>sums += weight · whole</c>.</summary>
    public static void AddSums(ReadOnlySpan<ushort> whole, uint weight, Span<uint> sums)
    {
        int done = 0;
        if (Vector128.IsHardwareAccelerated)
        {
            ref ushort from = ref MemoryMarshal.GetReference(whole);
            ref uint to = ref MemoryMarshal.GetReference(sums);
            Vector128<uint> factor = Vector128.Create(weight);
            for (; done <= whole.Length - 8; done += 8)
                Add(Vector128.LoadUnsafe(ref from, (nuint)done), factor, ref Unsafe.Add(ref to, done));
        }
        for (; done < whole.Length; done++)
            sums[done] += weight * whole[done];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(Vector128<ushort> samples, Vector256<uint> factor, ref uint to)
    {
        (Vector128<uint> low, Vector128<uint> high) = Vector128.Widen(samples);
        (Vector256.LoadUnsafe(ref to) + Vector256.Create(low, high) * factor).StoreUnsafe(ref to);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(Vector128<ushort> samples, Vector128<uint> factor, ref uint to)
    {
        (Vector128<uint> low, Vector128<uint> high) = Vector128.Widen(samples);
        (Vector128.LoadUnsafe(ref to) + low * factor).StoreUnsafe(ref to);
        (Vector128.LoadUnsafe(ref to, 4) + high * factor).StoreUnsafe(ref to, 4);
    }
}
