using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace ImageSig.Imaging.Decoders;

/// <summary>The next bits of a scan, top bit first. Reads whole words, up to 8 bytes ahead of what is taken.</summary>
/// <remarks>The bytes hold no stuffing (see <see cref="JpegWindow"/>) and are followed by zeros, so that filling needs no branch:
/// a word is read, as many of its bytes as fit are kept, the rest are read again. Source: F. Giesen, "Reading bits in far too many
/// ways", part 2, variant 4.</remarks>
internal unsafe struct JpegBits
{
    /// <summary>The next byte to load.</summary>
    public byte* Next;

    /// <summary>The bits at hand, the next one topmost.</summary>
    public ulong Buffer;

    /// <summary>How many bits of <see cref="Buffer"/> may be taken.</summary>
    public int Count;

    /// <summary>Makes at least 56 bits available.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Fill(ref byte* next, ref ulong buffer, ref int count)
    {
        buffer |= BinaryPrimitives.ReverseEndianness(Unsafe.ReadUnaligned<ulong>(next)) >> count;
        next += (63 - count) >> 3;
        count |= 56;
    }

    /// <summary>Takes up to 16 bits as a number; fills first where too few are at hand.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Take(int bits)
    {
        if (Count < 16)
            Fill(ref Next, ref Buffer, ref Count);
        int value = (int)(Buffer >> 32 >> (32 - bits));
        Buffer <<= bits;
        Count -= bits;
        return value;
    }

    /// <summary>Bytes begun since <paramref name="start"/>; beyond the segment's length once bits were taken that are not there.</summary>
    public readonly long BytesTaken(byte* start) => (long)(Next - start) - (Count >> 3);

    /// <summary>The signed value that <paramref name="size"/> bits stand for: T.81, figure F.12 (EXTEND).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Extend(int bits, int size) => bits + ((((bits << 1) >> size) - 1) & ((-1 << size) + 1));
}
