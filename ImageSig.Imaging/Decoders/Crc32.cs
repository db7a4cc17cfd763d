namespace ImageSig.Imaging;

/// <summary>The checksum of PNG chunks: CRC-32 with the reflected polynomial 0xEDB88320, eight bytes a step.</summary>
/// <remarks>Source: ISO 3309; PNG specification (third edition), annex D.</remarks>
internal static class Crc32
{
    private static readonly uint[] Tables = MakeTables();

    /// <summary>Continues a checksum over more bytes. Start with 0; the result is the checksum so far.</summary>
    public static uint Append(uint checksum, ReadOnlySpan<byte> bytes)
    {
        uint state = ~checksum;
        ReadOnlySpan<uint> tables = Tables;
        while (bytes.Length >= 8)
        {
            uint low = state ^ System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(bytes);
            uint high = System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
            state = tables[(7 << 8) + (int)(low & 255)] ^ tables[(6 << 8) + (int)(low >> 8 & 255)]
                ^ tables[(5 << 8) + (int)(low >> 16 & 255)] ^ tables[(4 << 8) + (int)(low >> 24)]
                ^ tables[(3 << 8) + (int)(high & 255)] ^ tables[(2 << 8) + (int)(high >> 8 & 255)]
                ^ tables[(1 << 8) + (int)(high >> 16 & 255)] ^ tables[(int)(high >> 24)];
            bytes = bytes[8..];
        }
        foreach (byte value in bytes)
            state = tables[(int)((state ^ value) & 255)] ^ (state >> 8);
        return ~state;
    }

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
