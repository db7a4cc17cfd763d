using System.Runtime.CompilerServices;

namespace ImageSig.Tensors.Kernels;

/// <summary>Between rows of memory (one path, or one sample, each) and lanes (one in each).</summary>
internal static unsafe class TransposeKernel<TLanes, TVector, T>
    where TLanes : struct, ILanes<TVector, T>
    where TVector : struct
    where T : unmanaged
{
    /// <summary><c>lanes[i, lane] = rows[lane][i]</c>.</summary>
    /// <param name="rows">One pointer for each lane.</param>
    /// <param name="count">Numbers taken from each row.</param>
    /// <param name="lanes">[count, lane], written in whole vectors, so that they can be read back at once.</param>
    public static void ToLanes(T** rows, int count, T* lanes) => ToLanes(rows, count, lanes, TLanes.Width);

    /// <summary><c>lanes[i · stride + lane] = rows[lane][i]</c>: one register's part of longer rows of lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ToLanes(T** rows, int count, T* lanes, int stride)
    {
        int width = TLanes.Width, index = 0;
        if (sizeof(T) == sizeof(float))
            for (; index <= count - 4; index += 4, lanes += 4 * stride)
            {
                TVector a = TLanes.LoadParts(rows, index), b = TLanes.LoadParts(rows + 1, index);
                TVector c = TLanes.LoadParts(rows + 2, index), d = TLanes.LoadParts(rows + 3, index);
                TVector low = TLanes.ZipLow(a, b), high = TLanes.ZipHigh(a, b), lowEnd = TLanes.ZipLow(c, d), highEnd = TLanes.ZipHigh(c, d);
                TLanes.Store(TLanes.JoinLow(low, lowEnd), lanes);
                TLanes.Store(TLanes.JoinHigh(low, lowEnd), lanes + stride);
                TLanes.Store(TLanes.JoinLow(high, highEnd), lanes + 2 * stride);
                TLanes.Store(TLanes.JoinHigh(high, highEnd), lanes + 3 * stride);
            }
        else
            for (; index <= count - 2; index += 2, lanes += 2 * stride)
            {
                TVector a = TLanes.LoadParts(rows, index), b = TLanes.LoadParts(rows + 1, index);
                TLanes.Store(TLanes.JoinLow(a, b), lanes);
                TLanes.Store(TLanes.JoinHigh(a, b), lanes + stride);
            }
        for (; index < count; index++, lanes += stride)
            for (int lane = 0; lane < width; lane++)
                lanes[lane] = rows[lane][index];
    }

    /// <summary><c>rows[lane][i] = lanes[i, lane]</c> for the first <paramref name="used"/> lanes.</summary>
    /// <param name="lanes">[count, lane].</param>
    /// <param name="used">Lanes that hold something.</param>
    /// <param name="count">Numbers put into each row.</param>
    /// <param name="rows">One pointer for each lane.</param>
    public static void FromLanes(T* lanes, int used, int count, T** rows) => FromLanes(lanes, TLanes.Width, used, count, rows);

    /// <summary><c>rows[lane][i] = lanes[i · stride + lane]</c> for the first <paramref name="used"/> lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void FromLanes(T* lanes, int stride, int used, int count, T** rows)
    {
        int width = TLanes.Width, block = 16 / sizeof(T), index = 0;
        if (used == width && count >= block)
            while (index < count)
            {
                // The last block ends with the row: it writes some numbers a second time, the same ones.
                index = Math.Min(index, count - block);
                Block(lanes + (long)index * stride, stride, rows, index);
                index += block;
            }
        for (; index < count; index++)
            for (int lane = 0; lane < used; lane++)
                rows[lane][index] = lanes[(long)index * stride + lane];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Block(T* lanes, int stride, T** rows, int index)
    {
        TVector a = TLanes.Load(lanes), b = TLanes.Load(lanes + stride);
        if (sizeof(T) != sizeof(float))
        {
            TLanes.StoreParts(rows, index, TLanes.JoinLow(a, b));
            TLanes.StoreParts(rows + 1, index, TLanes.JoinHigh(a, b));
            return;
        }
        TVector c = TLanes.Load(lanes + 2 * stride), d = TLanes.Load(lanes + 3 * stride);
        TVector low = TLanes.ZipLow(a, b), high = TLanes.ZipHigh(a, b), lowEnd = TLanes.ZipLow(c, d), highEnd = TLanes.ZipHigh(c, d);
        TLanes.StoreParts(rows, index, TLanes.JoinLow(low, lowEnd));
        TLanes.StoreParts(rows + 1, index, TLanes.JoinHigh(low, lowEnd));
        TLanes.StoreParts(rows + 2, index, TLanes.JoinLow(high, highEnd));
        TLanes.StoreParts(rows + 3, index, TLanes.JoinHigh(high, highEnd));
    }
}
