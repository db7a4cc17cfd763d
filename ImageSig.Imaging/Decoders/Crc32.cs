using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using ArmCrc32 = System.Runtime.Intrinsics.Arm.Crc32;

namespace ImageSig.Imaging;

/// <summary>The checksum of PNG chunks: CRC-32 with the reflected polynomial 0xEDB88320, 64 bytes a step where the processor multiplies without carries, else eight.</summary>
/// <remarks>Source: ISO 3309; PNG specification (third edition), annex D; V. Gopal and others, "Fast CRC Computation for Generic Polynomials Using PCLMULQDQ Instruction", Intel, 2009.</remarks>
internal static class Crc32
{
    /// <summary>Bytes of four vectors.</summary>
    private const int Step = 64;

    private static readonly uint[] Tables = MakeTables();

    /// <summary>Continues a checksum over more bytes. Start with 0; the result is the checksum so far.</summary>
    public static uint Append(uint checksum, ReadOnlySpan<byte> bytes)
    {
        uint state = ~checksum;
        if (ArmCrc32.Arm64.IsSupported)
        {
            for (; bytes.Length >= 8; bytes = bytes[8..])
                state = ArmCrc32.Arm64.ComputeCrc32(state, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        }
        else if (Pclmulqdq.IsSupported && bytes.Length >= 2 * Step)
        {
            state = Fold(state, bytes);
            bytes = bytes[(bytes.Length / Step * Step)..];
        }
        return ~AppendByTable(state, bytes);
    }

    /// <summary>Goes on with the state of a checksum, which is its complement, without instructions for it.</summary>
    internal static uint AppendByTable(uint state, ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<uint> tables = Tables;
        while (bytes.Length >= 8)
        {
            uint low = state ^ BinaryPrimitives.ReadUInt32LittleEndian(bytes);
            uint high = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
            state = tables[(7 << 8) + (int)(low & 255)] ^ tables[(6 << 8) + (int)(low >> 8 & 255)]
                ^ tables[(5 << 8) + (int)(low >> 16 & 255)] ^ tables[(4 << 8) + (int)(low >> 24)]
                ^ tables[(3 << 8) + (int)(high & 255)] ^ tables[(2 << 8) + (int)(high >> 8 & 255)]
                ^ tables[(1 << 8) + (int)(high >> 16 & 255)] ^ tables[(int)(high >> 24)];
            bytes = bytes[8..];
        }
        foreach (byte value in bytes)
            state = tables[(int)((state ^ value) & 255)] ^ (state >> 8);
        return state;
    }

    /// <summary>The state behind as many whole steps as there are. Four vectors are moved on by a step at a time, since multiplied by powers of x modulo the polynomial they have the same
    /// checksum there; what is left of them, 16 bytes, goes through the table.</summary>
    private static uint Fold(uint state, ReadOnlySpan<byte> bytes)
    {
        // x^(4·128 + 32), x^(4·128 − 32); x^(128 + 32), x^(128 − 32); all reflected.
        Vector128<ulong> overFour = Vector128.Create(0x1_5444_2BD4UL, 0x1_C6E4_1596UL), overOne = Vector128.Create(0x1_7519_97D0UL, 0x0_CCAA_009EUL);
        ReadOnlySpan<Vector128<ulong>> vectors = MemoryMarshal.Cast<byte, Vector128<ulong>>(bytes);
        Vector128<ulong> first = vectors[0] ^ Vector128.CreateScalar((ulong)state), second = vectors[1], third = vectors[2], fourth = vectors[3];
        for (vectors = vectors[4..]; vectors.Length >= 4; vectors = vectors[4..])
        {
            first = MovedOn(first, overFour) ^ vectors[0];
            second = MovedOn(second, overFour) ^ vectors[1];
            third = MovedOn(third, overFour) ^ vectors[2];
            fourth = MovedOn(fourth, overFour) ^ vectors[3];
        }
        Span<Vector128<ulong>> left = [MovedOn(MovedOn(MovedOn(first, overOne) ^ second, overOne) ^ third, overOne) ^ fourth];
        return AppendByTable(0, MemoryMarshal.AsBytes(left));
    }

    private static Vector128<ulong> MovedOn(Vector128<ulong> bytes, Vector128<ulong> factors) =>
        Pclmulqdq.CarrylessMultiply(bytes, factors, 0x00) ^ Pclmulqdq.CarrylessMultiply(bytes, factors, 0x11);

    /// <summary>Table k holds the effect of a byte that is followed by k zero bytes.</summary>
    private static uint[] MakeTables()
    {
        uint[] tables = new uint[8 * 256];
        for (uint value = 0; value < 256; value++)
        {
            uint state = value;
            for (int bit = 0; bit < 8; bit++)
                state = (state & 1) != 0 ? (state >> 1) ^ 0xEDB88320u : state >> 1;
            tables[value] = state;
        }
        for (int index = 256; index < tables.Length; index++)
            tables[index] = (tables[index - 256] >> 8) ^ tables[(int)(tables[index - 256] & 255)];
        return tables;
    }
}
