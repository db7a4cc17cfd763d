using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ImageSig.Imaging.Decoders;

/// <summary>Undoes the prediction that PNG puts in front of its compression.</summary>
/// <remarks>What looks at its left neighbor goes pixel by pixel; where one has three or four bytes, these go together, in a lane of 16 bits each. Source: PNG specification (third
/// edition), section 9.</remarks>
internal static class PngFilter
{
    /// <summary>Bytes that are read and written together.</summary>
    private const int Word = 4;

    /// <summary>Restores a piece of a row in place.</summary>
    /// <param name="filter">0 none, 1 left, 2 above, 3 mean of both, 4 Paeth.</param>
    /// <param name="row">The piece's bytes as stored, behind <paramref name="step"/> restored ones: zeros at the row's beginning.</param>
    /// <param name="above">The same of the restored row above; zeros above the first.</param>
    /// <param name="step">Bytes between a byte and its left neighbor.</param>
    public static void Restore(int filter, Span<byte> row, ReadOnlySpan<byte> above, int step)
    {
        above = above[..row.Length];
        switch (filter)
        {
            case 0:
                break;
            case 1:
                Restore<PngLeft>(row, above, step);
                break;
            case 2:
                AddAbove(row[step..], above[step..]);
                break;
            case 3:
                Restore<PngMean>(row, above, step);
                break;
            case 4:
                Restore<PngPaeth>(row, above, step);
                break;
            default:
                throw new ImageFormatException($"PNG: a row names filter {filter}, only 0 to 4 exist; the file is damaged.");
        }
    }

    /// <summary><c>row += above</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddAbove(Span<byte> row, ReadOnlySpan<byte> above)
    {
        ref byte to = ref MemoryMarshal.GetReference(row);
        ref byte from = ref MemoryMarshal.GetReference(above);
        int i = 0;
        for (; i <= row.Length - Vector128<byte>.Count; i += Vector128<byte>.Count)
            (Vector128.LoadUnsafe(ref to, (nuint)i) + Vector128.LoadUnsafe(ref from, (nuint)i)).StoreUnsafe(ref to, (nuint)i);
        for (; i < row.Length; i++)
            row[i] += above[i];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Restore<TFilter>(Span<byte> row, ReadOnlySpan<byte> above, int step)
        where TFilter : struct, IPngFilter
    {
        int i = step;
        // The last pixel is left to the other loop: of three bytes, a word would reach beyond it.
        if (Vector128.IsHardwareAccelerated && step is 3 or 4 && row.Length >= 2 * step + Word)
        {
            ref byte at = ref MemoryMarshal.GetReference(row);
            ref byte up = ref MemoryMarshal.GetReference(above);
            (Vector128<short> left, Vector128<short> corner) = (Widen(ReadWord(ref at, 0)), Widen(ReadWord(ref up, 0)));
            uint stored = ReadWord(ref at, i);
            for (; i <= row.Length - step - Word; i += step)
            {
                // Read before the word in front of it is written, whose last byte may lie in it.
                uint next = ReadWord(ref at, i + step);
                Vector128<short> over = Widen(ReadWord(ref up, i));
                left = TFilter.Restore(Widen(stored), left, over, corner);
                WriteWord(ref at, i, Saturation.NarrowUnsigned(left, left).AsUInt32().ToScalar());
                (corner, stored) = (over, next);
            }
            WriteWord(ref at, i, stored);
        }
        for (; i < row.Length; i++)
            row[i] = TFilter.Restore(row[i], row[i - step], above[i], above[i - step]);
    }

    private static uint ReadWord(ref byte start, int at) => Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref start, at));

    private static void WriteWord(ref byte start, int at, uint word) => Unsafe.WriteUnaligned(ref Unsafe.Add(ref start, at), word);

    private static Vector128<short> Widen(uint word) => Vector128.WidenLower(Vector128.CreateScalar(word).AsByte()).AsInt16();
}
