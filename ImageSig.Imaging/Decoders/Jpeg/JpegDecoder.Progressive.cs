using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ImageSig.Imaging.Decoders;

// Progressive scans: each adds some coefficients, or one more bit of them. T.81, annex G.
internal sealed partial class JpegDecoder
{
    /// <summary>A whole picture has ten or so scans of each component; a crafted one of 3584 would look at every block as often.</summary>
    private const int MaxPasses = 100;

    /// <summary>Blocks that the scans so far go over, and those of the picture.</summary>
    private long visited, allBlocks;

    /// <summary>Refuses a scan that does not follow from the ones before it, so that no crafted file repeats work without end.</summary>
    /// <returns>Whether the scan is to be decoded.</returns>
    private bool AcceptBand()
    {
        (int first, int last, int high, int low) = (scan.SpectralStart, scan.SpectralEnd, scan.BitHigh, scan.BitLow);
        ReadOnlySpan<JpegComponent> own = scan.Components.AsSpan(0, scan.Count);
        bool sane = first <= last && last < 64 && low < 14
            && (first == 0 ? last == 0 : own.Length == 1)
            && (high == 0 || high == low + 1);
        if (sane)
        {
            foreach (JpegComponent component in own)
            {
                sane &= first == 0 || component.LowestBit[0] >= 0;
                for (int k = first; k <= last; k++)
                    sane &= component.LowestBit[k] == (high == 0 ? -1 : high);
            }
        }
        if (!sane)
        {
            rejected ??= $"the file is damaged: a progressive scan of coefficients {first} to {last}, bits {high} to {low}, does not follow from the scans before it";
            return false;
        }
        foreach (JpegComponent component in own)
            visited += (long)component.BlocksAcross * component.BlocksDown;
        if (visited > MaxPasses * allBlocks)
            throw new ImageFormatException($"JPEG: its scans go over the picture more than {MaxPasses} times; the file is damaged, or made to take long.");
        foreach (JpegComponent component in own)
            component.LowestBit.AsSpan(first, last - first + 1).Fill(low);
        return true;
    }

    private void ClearCoefficients()
    {
        foreach (JpegComponent component in components.AsSpan(0, componentCount))
        {
            int blocks = component.StoredAcross * component.Down;
            component.Coefficients.AsSpan(0, component.CoefficientCount * blocks).Clear();
            component.Present.AsSpan(0, blocks).Clear();
        }
    }

    /// <summary>The units of a scan of means.</summary>
    private unsafe int DecodeMeans(ref JpegBits bits, byte* start, int from, int to)
    {
        byte* refill = scan.Window.End(start);
        (int unitDown, int unitAcross) = Math.DivRem(from, scan.Across);
        for (int unit = from; unit < to; unit++, unitAcross++)
        {
            if (unitAcross == scan.Across)
                (unitDown, unitAcross) = (unitDown + 1, 0);
            if (bits.Next >= refill)
                refill = scan.Window.Refill(ref bits, start);
            for (int i = 0; i < scan.Count; i++)
            {
                JpegComponent component = scan.Components[i];
                (int blocksAcross, int blocksDown) = scan.Count > 1 ? (component.Across, component.Down) : (1, 1);
                fixed (short* coefficients = component.Coefficients)
                {
                    for (int v = 0; v < blocksDown; v++)
                    {
                        int block = (unitDown * blocksDown + v) % component.Down * component.StoredAcross + unitAcross * blocksAcross;
                        short* row = coefficients + component.CoefficientCount * block;
                        for (int h = 0; h < blocksAcross; h++)
                        {
                            if (!DecodeMeanBits(ref bits, component, row + component.CoefficientCount * h) || bits.BytesTaken(start) > scan.Window.Length)
                                return unit;
                        }
                    }
                }
            }
        }
        return to;
    }

    /// <summary>The units of a scan of one component's detail: single blocks, many of which need no bits at all.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private unsafe int DecodeBands(ref JpegBits bits, byte* start, int from, int to)
    {
        JpegComponent component = scan.Components[0];
        byte* refill = scan.Window.End(start);
        bool first = scan.BitHigh == 0;
        int across = scan.Across;
        fixed (short* coefficients = component.Coefficients)
        fixed (ulong* present = component.Present)
        {
            ulong band = (ulong.MaxValue << scan.SpectralStart) & (ulong.MaxValue >> (63 - scan.SpectralEnd));
            (int down, int column) = Math.DivRem(from, across);
            for (int unit = from; unit < to;)
            {
                if (column == across)
                    (down, column) = (down + 1, 0);
                int at = down % component.Down * component.StoredAcross + column;
                int inRow = Math.Min(across - column, to - unit);
                if (scan.EndOfBandRun > 0)
                {
                    // A run of blocks without a new coefficient: those without a known one either need no bits.
                    int run = Math.Min(scan.EndOfBandRun, inRow);
                    int passed = first ? run : CountWithout(present + at, run, band);
                    scan.EndOfBandRun -= passed;
                    unit += passed;
                    column += passed;
                    if (passed == run)
                        continue;
                    at += passed;
                }
                if (bits.Next >= refill)
                    refill = scan.Window.Refill(ref bits, start);
                bool read = first
                    ? FirstBits(ref bits, component.Ac, coefficients + 64 * at, present + at)
                    : NextBit(ref bits, component.Ac, coefficients + 64 * at, present + at);
                if (!read || bits.BytesTaken(start) > scan.Window.Length)
                    return unit;
                unit++;
                column++;
            }
        }
        return to;
    }

    /// <summary>How many of <paramref name="count"/> blocks come before the first that has a coefficient of the band.</summary>
    private static unsafe int CountWithout(ulong* present, int count, ulong band)
    {
        for (int i = 0; i < count; i++)
            if ((present[i] & band) != 0)
                return i;
        return count;
    }

    /// <summary>The first bits of a block's mean, or one more.</summary>
    private unsafe bool DecodeMeanBits(ref JpegBits bits, JpegComponent component, short* block)
    {
        if (scan.BitHigh > 0)
        {
            block[0] |= (short)(bits.Take(1) << scan.BitLow);
            return true;
        }
        if (!TryRead(ref bits, component.Dc, out _, out _, out int difference))
            return false;
        component.Predictor += difference;
        block[0] = (short)(component.Predictor << scan.BitLow);
        return true;
    }

    /// <summary>Reads one code and the value behind it.</summary>
    /// <param name="bits">Where to read.</param>
    /// <param name="table">The codes.</param>
    /// <param name="run">The upper half of the symbol.</param>
    /// <param name="size">The lower half, 0 where there is no value.</param>
    /// <param name="value">The signed value.</param>
    private static unsafe bool TryRead(ref JpegBits bits, JpegHuffmanTable table, out int run, out int size, out int value)
    {
        if (bits.Count < 32)
            JpegBits.Fill(ref bits.Next, ref bits.Buffer, ref bits.Count);
        uint entry = table.Entries[(int)(bits.Buffer >> (64 - JpegHuffmanTable.LookAhead))];
        if (entry == 0)
            entry = table.FindLong((int)(bits.Buffer >> 48));
        bits.Buffer <<= (int)(entry & 255);
        bits.Count -= (int)(entry & 255);
        run = (int)(entry >> 8) & 15;
        value = (int)entry >> 16;
        size = value != 0 ? 1 : (int)(entry >> 12) & 15;
        if (value == 0 && size != 0)
            value = JpegBits.Extend(bits.Take(size), size);
        return entry != 0;
    }

    /// <summary>The first bits of a band's coefficients. T.81, section G.1.2.2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private unsafe bool FirstBits(ref JpegBits bits, JpegHuffmanTable table, short* block, ulong* present)
    {
        byte* next = bits.Next;
        ulong buffer = bits.Buffer;
        int count = bits.Count;
        ref uint entries = ref MemoryMarshal.GetArrayDataReference(table.Entries);
        ref byte order = ref MemoryMarshal.GetReference(JpegZigZag.Order);
        int end = scan.SpectralEnd;
        int low = scan.BitLow;
        int k = scan.SpectralStart;
        ulong found = 0;
        do
        {
            if (count < 32)
                JpegBits.Fill(ref next, ref buffer, ref count);
            uint entry = Unsafe.Add(ref entries, (nint)(buffer >> (64 - JpegHuffmanTable.LookAhead)));
            if (entry == 0 && (entry = table.FindLong((int)(buffer >> 48))) == 0)
                return false;
            buffer <<= (int)(entry & 255);
            count -= (int)(entry & 255);
            int run = (int)(entry >> 8) & 15;
            int value = (int)entry >> 16;
            if (value == 0)
            {
                int size = (int)(entry >> 12) & 15;
                if (size == 0)
                {
                    if (run == 15)
                    {
                        k += 16;
                        continue;
                    }
                    int more = (int)(buffer >> 32 >> (32 - run));
                    buffer <<= run;
                    count -= run;
                    scan.EndOfBandRun = (1 << run) - 1 + more;
                    break;
                }
                value = JpegBits.Extend((int)(buffer >> (64 - size)), size);
                buffer <<= size;
                count -= size;
            }
            k += run;
            if (k > end)
                return false;
            block[Unsafe.Add(ref order, k)] = (short)(value << low);
            found |= 1UL << k;
            k++;
        }
        while (k <= end);
        *present |= found;
        bits.Next = next;
        bits.Buffer = buffer;
        bits.Count = count;
        return true;
    }

    /// <summary>One more bit of a band's coefficients, and the coefficients that begin with it. T.81, section G.1.2.3.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private unsafe bool NextBit(ref JpegBits bits, JpegHuffmanTable table, short* block, ulong* present)
    {
        short bit = (short)(1 << scan.BitLow);
        int end = scan.SpectralEnd;
        int k = scan.SpectralStart;
        ulong known = *present & (ulong.MaxValue >> (63 - end));
        JpegBits reader = bits;
        if (scan.EndOfBandRun == 0)
        {
            for (; k <= end; k++)
            {
                if (!TryRead(ref reader, table, out int run, out int size, out int value))
                    return false;
                if (size == 0 && run < 15)
                {
                    scan.EndOfBandRun = (1 << run) + (run == 0 ? 0 : reader.Take(run));
                    break;
                }
                k = Refine(ref reader, block, known, k, end, run, bit);
                if (k > end)
                {
                    bits = reader;
                    return size == 0;
                }
                if (size != 0)
                {
                    block[JpegZigZag.Order[k]] = value > 0 ? bit : (short)-bit;
                    *present |= 1UL << k;
                }
            }
        }
        if (scan.EndOfBandRun > 0)
        {
            Refine(ref reader, block, known, k, end, 64, bit);
            scan.EndOfBandRun--;
        }
        bits = reader;
        return true;
    }

    /// <summary>Reads a further bit for each coefficient that is not zero, passing over <paramref name="zeros"/> that are.</summary>
    /// <returns>The place of the zero behind those, or one beyond the band.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe int Refine(ref JpegBits bits, short* block, ulong known, int k, int end, int zeros, short bit)
    {
        ref byte order = ref MemoryMarshal.GetReference(JpegZigZag.Order);
        byte* next = bits.Next;
        ulong buffer = bits.Buffer;
        int count = bits.Count;
        while (k <= end)
        {
            int gap = Math.Min(BitOperations.TrailingZeroCount(known >> k), end + 1 - k);
            if (gap > zeros)
            {
                k += zeros;
                break;
            }
            zeros -= gap;
            k += gap;
            if (k > end)
                break;
            if (count < 1)
                JpegBits.Fill(ref next, ref buffer, ref count);
            // The bit adds to the absolute value. No branch: it is as good as chance.
            short* coefficient = block + Unsafe.Add(ref order, k);
            *coefficient += (short)(((*coefficient >> 15) | 1) * bit & (int)((long)buffer >> 63));
            buffer <<= 1;
            count--;
            k++;
        }
        bits.Next = next;
        bits.Buffer = buffer;
        bits.Count = count;
        return k;
    }

    /// <summary>Turns the blocks of a row of units into samples, once all scans have given theirs.</summary>
    private void TransformRows(int row)
    {
        foreach (JpegComponent component in components.AsSpan(0, componentCount))
            for (int v = 0; v < component.Down && row * component.Down + v < component.BlocksDown; v++)
                TransformRow(component, v, component.RowInPlane(row * component.Down + v));
    }

    /// <summary>Transforms a row of blocks into a row of the plane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void TransformRow(JpegComponent component, int down, int slot)
    {
        fixed (short* coefficients = component.Coefficients)
        {
            for (int across = 0; across < component.BlocksAcross; across++)
            {
                int at = down * component.StoredAcross + across;
                short* block = coefficients + component.CoefficientCount * at;
                bool flat = component.Size == 1 || component.Present[at] == 0;
                Transform(component, block, flat ? 0 : 63, across, slot);
            }
        }
    }
}
