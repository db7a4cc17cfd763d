namespace ImageSig.Tensors;

/// <summary>The checksum of files in a ZIP: CRC-32 with the reflected polynomial 0xEDB88320, a byte at a time. That of PNGs, many bytes at a time, is ImageSig.Imaging's, of which this library does not know.</summary>
/// <remarks>Source: PKWARE's APPNOTE.TXT 6.3, section 4.4.7; ISO 3309.</remarks>
internal static class ZipChecksum
{
    /// <summary>The checksum of no byte.</summary>
    public const uint OfNothing = 0;

    private static readonly uint[] Table = MakeTable();

    /// <summary>Continues a checksum over more bytes.</summary>
    public static uint Append(uint checksum, ReadOnlySpan<byte> bytes)
    {
        uint state = ~checksum;
        foreach (byte value in bytes)
            state = Table[(byte)(state ^ value)] ^ (state >> 8);
        return ~state;
    }

    private static uint[] MakeTable()
    {
        uint[] table = new uint[256];
        for (uint value = 0; value < table.Length; value++)
        {
            uint state = value;
            for (int bit = 0; bit < 8; bit++)
                state = (state & 1) != 0 ? (state >> 1) ^ 0xEDB88320u : state >> 1;
            table[value] = state;
        }
        return table;
    }
}
