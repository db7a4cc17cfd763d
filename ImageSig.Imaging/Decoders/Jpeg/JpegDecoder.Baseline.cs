using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ImageSig.Imaging.Decoders;

// Sequential scans: every block whole, transformed as soon as it is read.
internal sealed partial class JpegDecoder
{
    /// <summary>A run that no block can hold, in place of the code that ends one.</summary>
    private const int EndOfBlock = 128;

    /// <summary>Decodes the units [from, to) of the current scan, all of them in one row of the picture's units.</summary>
    /// <returns>The first unit that could not be decoded; <paramref name="to"/> where all could.</returns>
    private unsafe int DecodeUnits(int from, int to)
    {
        fixed (byte* start = scan.Window.Bytes)
        {
            JpegBits bits = scan.Enter(start);
            int reached = !progressive ? DecodeBlocks(ref bits, start, from, to)
                : scan.SpectralStart == 0 ? DecodeMeans(ref bits, start, from, to)
                : DecodeBands(ref bits, start, from, to);
            scan.Leave(bits, start);
            return reached;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private unsafe int DecodeBlocks(ref JpegBits bits, byte* start, int from, int to)
    {
        short* block = stackalloc short[64];
        JpegWindow window = scan.Window;
        byte* refill = window.End(start);
        int length = window.Length;
        int across = scan.Across;
        int scanCount = scan.Count;
        JpegComponent[] scanComponents = scan.Components;
        (int unitDown, int unitAcross) = Math.DivRem(from, across);
        for (int unit = from; unit < to; unit++, unitAcross++)
        {
            if (unitAcross == across)
                (unitDown, unitAcross) = (unitDown + 1, 0);
            if (bits.Next >= refill)
            {
                refill = window.Refill(ref bits, start);
                length = window.Length;
            }
            for (int i = 0; i < scanCount; i++)
            {
                JpegComponent component = scanComponents[i];
                (int blocksAcross, int blocksDown) = scanCount > 1 ? (component.Across, component.Down) : (1, 1);
                for (int v = 0; v < blocksDown; v++)
                {
                    for (int h = 0; h < blocksAcross; h++)
                    {
                        int last = component.Size == 1 ? DecodeMean(ref bits, component, block) : DecodeBlock(ref bits, component, block);
                        if (last < 0 || bits.BytesTaken(start) > length)
                            return unit;
                        if (work != JpegWork.Entropy)
                            Transform(component, block, last, unitAcross * blocksAcross + h, component.RowInPlane(unitDown * blocksDown + v));
                    }
                }
            }
        }
        return to;
    }

    /// <summary>Reads one block. T.81, section F.2.2.</summary>
    /// <returns>The place of its last coefficient in zigzag order; −1 where the bits are no code.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe int DecodeBlock(ref JpegBits bits, JpegComponent component, short* block)
    {
        new Span<short>(block, 64).Clear();
        byte* next = bits.Next;
        ulong buffer = bits.Buffer;
        int count = bits.Count;

        JpegBits.Fill(ref next, ref buffer, ref count);
        uint entry = component.Dc.Entries[(int)(buffer >> (64 - JpegHuffmanTable.LookAhead))];
        if (entry == 0 && (entry = component.Dc.FindLong((int)(buffer >> 48))) == 0)
            return -1;
        buffer <<= (int)(entry & 255);
        count -= (int)(entry & 255);
        int difference = (int)entry >> 16;
        int size = (int)(entry >> 12) & 15;
        if (difference == 0 && size != 0)
        {
            difference = JpegBits.Extend((int)(buffer >> (64 - size)), size);
            buffer <<= size;
            count -= size;
        }
        component.Predictor += difference;
        block[0] = (short)component.Predictor;

        ref uint entries = ref MemoryMarshal.GetArrayDataReference(component.Ac.Entries);
        ref byte order = ref MemoryMarshal.GetReference(JpegZigZag.Order);
        int last = 0;
        int k = 1;
        do
        {
            if (count < 32)
                JpegBits.Fill(ref next, ref buffer, ref count);
            entry = Unsafe.Add(ref entries, (nint)(buffer >> (64 - JpegHuffmanTable.LookAhead)));
            if ((int)entry >> 16 == 0 && entry == 0 && (entry = component.Ac.FindLong((int)(buffer >> 48))) == 0)
                return -1;
            int take = (int)(entry & 255);
            buffer <<= take;
            count -= take;
            int run = (int)(entry >> 8) & 15;
            int value = (int)entry >> 16;
            if (value == 0)
            {
                size = (int)(entry >> 12) & 15;
                if (size == 0)
                {
                    if (run != 15)
                        break;
                    k += 16;
                    continue;
                }
                value = JpegBits.Extend((int)(buffer >> (64 - size)), size);
                buffer <<= size;
                count -= size;
            }
            k += run;
            last = k;
            block[Unsafe.Add(ref order, k)] = (short)value;
            k++;
        }
        while (k < 64);
        bits.Next = next;
        bits.Buffer = buffer;
        bits.Count = count;
        return k > 64 ? -1 : last;
    }

    /// <summary>Reads one block of which only the mean is wanted, and passes over the rest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe int DecodeMean(ref JpegBits bits, JpegComponent component, short* block)
    {
        if (!TryRead(ref bits, component.Dc, out _, out _, out int difference))
            return -1;
        component.Predictor += difference;
        block[0] = (short)component.Predictor;
        byte* next = bits.Next;
        ulong buffer = bits.Buffer;
        int count = bits.Count;
        ref uint entries = ref MemoryMarshal.GetArrayDataReference(component.Ac.Entries);
        int k = 1;
        do
        {
            if (count < 32)
                JpegBits.Fill(ref next, ref buffer, ref count);
            uint entry = Unsafe.Add(ref entries, (nint)(buffer >> (64 - JpegHuffmanTable.LookAhead)));
            if (entry == 0 && (entry = component.Ac.FindLong((int)(buffer >> 48))) == 0)
                return -1;
            int run = (int)(entry >> 8) & 15;
            int take = (int)(entry & 255);
            if (entry < 1 << 16)
            {
                int size = (int)(entry >> 12) & 15;
                take += size;
                if (size == 0 && run != 15)
                    run = EndOfBlock;
            }
            buffer <<= take;
            count -= take;
            k += run + 1;
        }
        while (k < 64);
        bits.Next = next;
        bits.Buffer = buffer;
        bits.Count = count;
        return k is > 64 and <= EndOfBlock ? -1 : 0;
    }

    /// <summary>Turns a block into samples, in its place in the plane.</summary>
    private static unsafe void Transform(JpegComponent component, short* block, int last, int across, int down)
    {
        int size = component.Size;
        fixed (byte* plane = component.Plane)
        fixed (short* factors = component.Factors)
        {
            byte* target = plane + (nint)down * size * component.Stride + across * size;
            if (last == 0)
                InverseDct.Flat((short)(block[0] * factors[0]), target, component.Stride, size);
            else if (size == 8)
                InverseDct.Block(block, factors, target, component.Stride);
            else if (size == 4)
                ScaledInverseDct.Block4(block, factors, target, component.Stride);
            else
                ScaledInverseDct.Block2(block, factors, target, component.Stride);
        }
    }

    /// <summary>Grays the units [from, to) of the current scan, which are lost.</summary>
    private void Blank(int from, int to)
    {
        if (progressive)
            return;
        for (int unit = from; unit < to; unit++)
        {
            (int down, int across) = Math.DivRem(unit, scan.Across);
            foreach (JpegComponent component in scan.Components.AsSpan(0, scan.Count))
            {
                (int blocksAcross, int blocksDown) = scan.Count > 1 ? (component.Across, component.Down) : (1, 1);
                int wide = blocksAcross * component.Size;
                int corner = component.RowInPlane(down * blocksDown) * component.Size * component.Stride + across * wide;
                for (int y = 0; y < blocksDown * component.Size; y++)
                    component.Plane.AsSpan(corner + y * component.Stride, wide).Fill(128);
            }
        }
    }
}
