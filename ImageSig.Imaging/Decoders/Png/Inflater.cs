using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ImageSig.Imaging.Decoders;

/// <summary>Inflates compressed pixels piece by piece, and looks at nothing behind the last byte that is asked for: the checksum is not looked at.</summary>
/// <remarks>Faster than the runtime's, which goes through a stream: a look-up in a table of 11 bits decodes a code, and bits are brought in a word at a time, as in
/// <see cref="JpegBits"/>. Each thread keeps one with its tables. Source: RFC 1950 (the header), RFC 1951.</remarks>
internal sealed unsafe partial class Inflater : IDisposable
{
    [ThreadStatic]
    private static Inflater? spare;

    /// <summary>How far back a copy may reach.</summary>
    private const int Reach = 1 << 15;

    /// <summary>Bytes of output kept: what copies may reach back to, and as much again.</summary>
    private const int Room = 1 << 16;

    /// <summary>The longest copy, and what a copy of whole vectors writes beyond its end.</summary>
    private const int LongestCopy = 258, Beyond = 32;

    /// <summary>Literals that a word surely holds, of <see cref="LookAhead"/> bits each, and as many bits to look the next code up.</summary>
    private const int LiteralsAtOnce = 56 / LookAhead - 1;

    private PngPixelBytes source = null!;
    private byte[] window = [];

    /// <summary>The ends of what was handed out and of what was inflated.</summary>
    private int given, written;

    private State state;
    private bool last;
    private int stored;
    private InflateTable lengths = null!, distances = null!;

    private enum State
    {
        Header,
        Block,
        Stored,
        Codes,
        Done,
    }

    private Inflater() { }

    /// <summary>Prepares to inflate.</summary>
    /// <param name="source">The compressed bytes. Disposed with the result.</param>
    public static Inflater Open(PngPixelBytes source)
    {
        Inflater inflater = spare ?? new();
        spare = null;
        inflater.source = source;
        (inflater.window, inflater.input) = (ArrayPool<byte>.Shared.Rent(Room), ArrayPool<byte>.Shared.Rent(InputLength));
        (inflater.given, inflater.written, inflater.state) = (0, 0, State.Header);
        (inflater.next, inflater.filled, inflater.bits, inflater.bitCount, inflater.ended) = (0, 0, 0, 0, false);
        return inflater;
    }

    /// <summary>Inflates up to so many bytes.</summary>
    /// <returns>The next bytes, valid until the next call; none where the compressed bytes have ended.</returns>
    /// <exception cref="InvalidDataException">The compressed bytes are not what deflate writes.</exception>
    public ArraySegment<byte> Next(long wanted)
    {
        if (written > Reach)
        {
            int passed = written - Reach;
            window.AsSpan(passed, Reach).CopyTo(window);
            (given, written) = (given - passed, Reach);
        }
        int from = given;
        int limit = (int)Math.Min(from + wanted, Room - LongestCopy - Beyond);
        while (written < limit && state != State.Done)
            Inflate(limit);
        given = Math.Min(written, limit);
        return new(window, from, given - from);
    }

    private void Inflate(int limit)
    {
        switch (state)
        {
            case State.Header:
                ReadHeader();
                break;
            case State.Block:
                BeginBlock();
                break;
            case State.Stored:
                CopyStored(limit);
                break;
            default:
                Decode(limit);
                break;
        }
        if (Overrun)
            state = State.Done;
    }

    /// <summary>Decodes codes up to the block's end or a place in the window.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Decode(int limit)
    {
        fixed (byte* bytes = input, start = window)
        fixed (uint* lengthEntries = lengths.Entries, distanceEntries = distances.Entries)
        {
            ulong lengthMask = (1UL << lengths.Bits) - 1, distanceMask = (1UL << distances.Bits) - 1;
            byte* to = start + written, stop = start + limit;
            byte* from = bytes + next, safe = bytes + filled - Padding;
            ulong buffer = bits;
            int count = bitCount;
            while (to < stop)
            {
                uint entry;
                if (from <= safe)
                {
                    Fill(ref from, ref buffer, ref count);
                    entry = lengthEntries[buffer & lengthMask];
                    for (int i = 0; (int)entry < 0 && i < LiteralsAtOnce; i++)
                    {
                        *to++ = Literal(entry, ref buffer, ref count);
                        entry = lengthEntries[buffer & lengthMask];
                    }
                    if ((int)entry < 0 || to >= stop)
                        continue;
                    Fill(ref from, ref buffer, ref count);
                    if (entry == 0)
                        entry = lengths.Find(buffer);
                }
                else
                {
                    // Few bytes are left: bring more in, or go code by code and count only what there were bits for.
                    (next, bits, bitCount) = ((int)(from - bytes), buffer, count);
                    if (Overrun)
                        return;
                    written = (int)(to - start);
                    Refill();
                    from = bytes + next;
                    safe = bytes + filled - Padding;
                    Fill(ref from, ref buffer, ref count);
                    entry = lengths.Find(buffer);
                }
                if ((int)entry < 0)
                {
                    *to++ = Literal(entry, ref buffer, ref count);
                    continue;
                }
                if ((entry & InflateTable.EndBit) != 0 || entry == 0)
                {
                    if (entry >> 16 != 0 || entry == 0)
                        throw Damaged("a code that does not exist");
                    Drop((int)(entry & 255), ref buffer, ref count);
                    state = last ? State.Done : State.Block;
                    break;
                }
                int length = Value(entry, ref buffer, ref count);
                entry = distanceEntries[buffer & distanceMask];
                if (entry == 0 && (entry = distances.Find(buffer)) == 0)
                    throw Damaged("a distance that does not exist");
                int distance = Value(entry, ref buffer, ref count);
                if ((uint)(distance - 1) >= (uint)(to - start))
                    throw Damaged("a copy from before the first byte");
                Copy(to, distance, length);
                to += length;
            }
            (next, bits, bitCount) = ((int)(from - bytes), buffer, count);
            if (!Overrun)
                written = (int)(to - start);
        }
    }

    /// <summary>Repeats what stands <paramref name="distance"/> bytes back; writes up to <see cref="Beyond"/> bytes more.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Copy(byte* to, int distance, int length)
    {
        byte* from = to - distance, end = to + length;
        // What repeats within a vector is laid out once, twice, four times, until it fills one.
        for (; distance < Vector128<byte>.Count && to < end; to += distance, distance *= 2)
            Vector128.Store(Vector128.Load(from), to);
        for (; to < end; to += Vector128<byte>.Count, from += Vector128<byte>.Count)
            Vector128.Store(Vector128.Load(from), to);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static byte Literal(uint entry, ref ulong buffer, ref int count)
    {
        Drop((int)(entry & 255), ref buffer, ref count);
        return (byte)(entry >> 16);
    }

    /// <summary>Takes a code and its further bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Value(uint entry, ref ulong buffer, ref int count)
    {
        Drop((int)(entry & 255), ref buffer, ref count);
        int extra = (int)(entry >> 8) & 15;
        int value = (int)(entry >> 16) + (int)(buffer & ((1UL << extra) - 1));
        Drop(extra, ref buffer, ref count);
        return value;
    }

    private static InvalidDataException Damaged(string what) => new($"deflate: {what}");

    /// <summary>Gives the rented buffers back.</summary>
    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(window);
        ArrayPool<byte>.Shared.Return(input);
        source.Dispose();
        (window, input, source) = ([], [], null!);
        spare = this;
    }
}
