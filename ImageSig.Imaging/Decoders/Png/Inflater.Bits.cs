using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace ImageSig.Imaging.Decoders;

// The next bits, lowest first.
internal sealed unsafe partial class Inflater
{
    /// <summary>Compressed bytes at hand.</summary>
    private const int InputLength = 1 << 14;

    /// <summary>Zeros behind them: more than one step of any loop can reach into before the overrun is noticed.</summary>
    private const int Padding = 64;

    /// <summary>Bytes before the next that may stand in <see cref="bits"/>, which <see cref="Align"/> goes back to.</summary>
    private const int Loaded = sizeof(ulong);

    private byte[] input = [];

    /// <summary>The next byte to load, the bytes at hand, the bits loaded, how many of them may be taken.</summary>
    private int next, filled;
    private ulong bits;
    private int bitCount;
    private bool ended;

    /// <summary>Whether bits were taken that are not there.</summary>
    private bool Overrun => next - (bitCount >> 3) > filled;

    /// <summary>Makes at least 56 bits available.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Fill(ref byte* from, ref ulong buffer, ref int count)
    {
        ulong word = Unsafe.ReadUnaligned<ulong>(from);
        buffer |= (BitConverter.IsLittleEndian ? word : BinaryPrimitives.ReverseEndianness(word)) << count;
        from += (63 - count) >> 3;
        count |= 56;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Drop(int taken, ref ulong buffer, ref int count)
    {
        buffer >>= taken;
        count -= taken;
    }

    /// <summary>Takes up to 16 bits as a number.</summary>
    private int Take(int wanted)
    {
        Refill();
        // Tables of codes take hundreds of numbers, more than the padding holds.
        if (Overrun)
            throw Damaged("the bytes end within a table of codes");
        fixed (byte* bytes = input)
        {
            byte* from = bytes + next;
            Fill(ref from, ref bits, ref bitCount);
            next = (int)(from - bytes);
        }
        int value = (int)bits & ((1 << wanted) - 1);
        Drop(wanted, ref bits, ref bitCount);
        return value;
    }

    /// <summary>Goes back to the first whole byte that was loaded and not taken, and forgets the bits.</summary>
    private void Align()
    {
        next -= bitCount >> 3;
        (bits, bitCount) = (0, 0);
    }

    /// <summary>Brings more bytes in where few are at hand and more are to come.</summary>
    private void Refill()
    {
        if (ended || filled - next >= Padding)
            return;
        Span<byte> bytes = input.AsSpan(0, InputLength);
        int from = Math.Max(0, Math.Min(next, filled) - Loaded);
        bytes[from..filled].CopyTo(bytes);
        (next, filled) = (next - from, filled - from);
        while (filled < InputLength - Padding && !ended)
        {
            int read = source.Read(bytes[filled..^Padding]);
            filled += read;
            ended = read == 0;
        }
        bytes.Slice(filled, Padding).Clear();
    }
}
