using System.Runtime.CompilerServices;

namespace ImageSig.Signature.Kernels;

internal static unsafe partial class SignatureLanes<TLanes, TVector, T>
{
    /// <summary>The top level: <c>target[row, letter] += Σₜ values[t, row] · z[t, letter]</c>, in the order of time.</summary>
    /// <param name="values">[Steps, rows, lane].</param>
    /// <param name="valueStride">Numbers from one step to the next.</param>
    /// <param name="rows">Words of the level above.</param>
    /// <param name="increments">[Steps, C, lane].</param>
    /// <param name="channels">C.</param>
    /// <param name="steps">Steps.</param>
    /// <param name="target">[rows, C, lane].</param>
    private static void Product(T* values, int valueStride, int rows, T* increments, int channels, int steps, T* target) =>
        Product(values, valueStride, rows, increments, channels, channels * TLanes.Width, steps, target);

    private static void Product(T* values, int valueStride, int rows, T* increments, int channels, int wide, int steps, T* target)
    {
        int lane = TLanes.Width, tallest = TLanes.HasManyRegisters ? 4 : 2;
        for (int row = 0; row < rows;)
        {
            // 5 is 3 + 2 rather than 4 + 1: a tile of one row loads more than it computes.
            int height = Extent(rows - row, tallest);
            for (int letter = 0; letter < channels;)
            {
                int width = Extent(channels - letter, 4);
                T* value = values + row * lane, z = increments + letter * lane, to = target + (long)(row * channels + letter) * lane;
                switch (height)
                {
                    case 1: TileColumns<One>(width, value, valueStride, z, wide, steps, to, channels * lane); break;
                    case 2: TileColumns<Two>(width, value, valueStride, z, wide, steps, to, channels * lane); break;
                    case 3: TileColumns<Three>(width, value, valueStride, z, wide, steps, to, channels * lane); break;
                    default: TileColumns<Four>(width, value, valueStride, z, wide, steps, to, channels * lane); break;
                }
                letter += width;
            }
            row += height;
        }
    }

    private static int Extent(int remaining, int largest) =>
        remaining <= largest ? remaining : remaining == largest + 1 && largest > 2 ? largest - 1 : largest;

    private static void TileColumns<TRows>(int width, T* values, int valueStride, T* increments, int wide, int steps, T* target, int rowStride)
        where TRows : struct, IExtent
    {
        switch (width)
        {
            case 1: Tile<TRows, One>(values, valueStride, increments, wide, steps, target, rowStride); break;
            case 2: Tile<TRows, Two>(values, valueStride, increments, wide, steps, target, rowStride); break;
            case 3: Tile<TRows, Three>(values, valueStride, increments, wide, steps, target, rowStride); break;
            default: Tile<TRows, Four>(values, valueStride, increments, wide, steps, target, rowStride); break;
        }
    }

    /// <summary>A tile of the product: the accumulators of TRows x TColumns words stay in registers over the block of time.</summary>
    /// <param name="values">The first row's value of the first step; rows stand one vector apart.</param>
    /// <param name="valueStride">Numbers from one step's values to the next.</param>
    /// <param name="increments">The first column's increment of the first step.</param>
    /// <param name="incrementStride">Numbers from one step's increments to the next.</param>
    /// <param name="steps">Steps.</param>
    /// <param name="target">The first word.</param>
    /// <param name="rowStride">Numbers from one row's first word to the next row's.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile<TRows, TColumns>(T* values, int valueStride, T* increments, int incrementStride, int steps, T* target, int rowStride)
        where TRows : struct, IExtent
        where TColumns : struct, IExtent
    {
        int lane = TLanes.Width;
        TVector zero = default;
        TVector a00 = TLanes.Load(target + 0 * rowStride + 0 * lane);
        TVector a01 = TColumns.Value > 1 ? TLanes.Load(target + 0 * rowStride + 1 * lane) : zero;
        TVector a02 = TColumns.Value > 2 ? TLanes.Load(target + 0 * rowStride + 2 * lane) : zero;
        TVector a03 = TColumns.Value > 3 ? TLanes.Load(target + 0 * rowStride + 3 * lane) : zero;
        TVector a10 = TRows.Value > 1 ? TLanes.Load(target + 1 * rowStride + 0 * lane) : zero;
        TVector a11 = TRows.Value > 1 && TColumns.Value > 1 ? TLanes.Load(target + 1 * rowStride + 1 * lane) : zero;
        TVector a12 = TRows.Value > 1 && TColumns.Value > 2 ? TLanes.Load(target + 1 * rowStride + 2 * lane) : zero;
        TVector a13 = TRows.Value > 1 && TColumns.Value > 3 ? TLanes.Load(target + 1 * rowStride + 3 * lane) : zero;
        TVector a20 = TRows.Value > 2 ? TLanes.Load(target + 2 * rowStride + 0 * lane) : zero;
        TVector a21 = TRows.Value > 2 && TColumns.Value > 1 ? TLanes.Load(target + 2 * rowStride + 1 * lane) : zero;
        TVector a22 = TRows.Value > 2 && TColumns.Value > 2 ? TLanes.Load(target + 2 * rowStride + 2 * lane) : zero;
        TVector a23 = TRows.Value > 2 && TColumns.Value > 3 ? TLanes.Load(target + 2 * rowStride + 3 * lane) : zero;
        TVector a30 = TRows.Value > 3 ? TLanes.Load(target + 3 * rowStride + 0 * lane) : zero;
        TVector a31 = TRows.Value > 3 && TColumns.Value > 1 ? TLanes.Load(target + 3 * rowStride + 1 * lane) : zero;
        TVector a32 = TRows.Value > 3 && TColumns.Value > 2 ? TLanes.Load(target + 3 * rowStride + 2 * lane) : zero;
        TVector a33 = TRows.Value > 3 && TColumns.Value > 3 ? TLanes.Load(target + 3 * rowStride + 3 * lane) : zero;
        for (int step = 0; step < steps; step++, values += valueStride, increments += incrementStride)
        {
            TVector z0 = TLanes.Load(increments);
            TVector z1 = TColumns.Value > 1 ? TLanes.Load(increments + 1 * lane) : zero;
            TVector z2 = TColumns.Value > 2 ? TLanes.Load(increments + 2 * lane) : zero;
            TVector z3 = TColumns.Value > 3 ? TLanes.Load(increments + 3 * lane) : zero;
            TVector u = TLanes.Load(values + 0 * lane);
            a00 = TLanes.MultiplyAdd(u, z0, a00);
            if (TColumns.Value > 1) a01 = TLanes.MultiplyAdd(u, z1, a01);
            if (TColumns.Value > 2) a02 = TLanes.MultiplyAdd(u, z2, a02);
            if (TColumns.Value > 3) a03 = TLanes.MultiplyAdd(u, z3, a03);
            if (TRows.Value > 1)
            {
                u = TLanes.Load(values + 1 * lane);
                a10 = TLanes.MultiplyAdd(u, z0, a10);
                if (TColumns.Value > 1) a11 = TLanes.MultiplyAdd(u, z1, a11);
                if (TColumns.Value > 2) a12 = TLanes.MultiplyAdd(u, z2, a12);
                if (TColumns.Value > 3) a13 = TLanes.MultiplyAdd(u, z3, a13);
            }
            if (TRows.Value > 2)
            {
                u = TLanes.Load(values + 2 * lane);
                a20 = TLanes.MultiplyAdd(u, z0, a20);
                if (TColumns.Value > 1) a21 = TLanes.MultiplyAdd(u, z1, a21);
                if (TColumns.Value > 2) a22 = TLanes.MultiplyAdd(u, z2, a22);
                if (TColumns.Value > 3) a23 = TLanes.MultiplyAdd(u, z3, a23);
            }
            if (TRows.Value > 3)
            {
                u = TLanes.Load(values + 3 * lane);
                a30 = TLanes.MultiplyAdd(u, z0, a30);
                if (TColumns.Value > 1) a31 = TLanes.MultiplyAdd(u, z1, a31);
                if (TColumns.Value > 2) a32 = TLanes.MultiplyAdd(u, z2, a32);
                if (TColumns.Value > 3) a33 = TLanes.MultiplyAdd(u, z3, a33);
            }
        }
        TLanes.Store(a00, target + 0 * rowStride + 0 * lane);
        if (TColumns.Value > 1) TLanes.Store(a01, target + 0 * rowStride + 1 * lane);
        if (TColumns.Value > 2) TLanes.Store(a02, target + 0 * rowStride + 2 * lane);
        if (TColumns.Value > 3) TLanes.Store(a03, target + 0 * rowStride + 3 * lane);
        if (TRows.Value > 1) TLanes.Store(a10, target + 1 * rowStride + 0 * lane);
        if (TRows.Value > 1 && TColumns.Value > 1) TLanes.Store(a11, target + 1 * rowStride + 1 * lane);
        if (TRows.Value > 1 && TColumns.Value > 2) TLanes.Store(a12, target + 1 * rowStride + 2 * lane);
        if (TRows.Value > 1 && TColumns.Value > 3) TLanes.Store(a13, target + 1 * rowStride + 3 * lane);
        if (TRows.Value > 2) TLanes.Store(a20, target + 2 * rowStride + 0 * lane);
        if (TRows.Value > 2 && TColumns.Value > 1) TLanes.Store(a21, target + 2 * rowStride + 1 * lane);
        if (TRows.Value > 2 && TColumns.Value > 2) TLanes.Store(a22, target + 2 * rowStride + 2 * lane);
        if (TRows.Value > 2 && TColumns.Value > 3) TLanes.Store(a23, target + 2 * rowStride + 3 * lane);
        if (TRows.Value > 3) TLanes.Store(a30, target + 3 * rowStride + 0 * lane);
        if (TRows.Value > 3 && TColumns.Value > 1) TLanes.Store(a31, target + 3 * rowStride + 1 * lane);
        if (TRows.Value > 3 && TColumns.Value > 2) TLanes.Store(a32, target + 3 * rowStride + 2 * lane);
        if (TRows.Value > 3 && TColumns.Value > 3) TLanes.Store(a33, target + 3 * rowStride + 3 * lane);
    }
}
