namespace ImageSig.Imaging.Decoders;

/// <summary>A Huffman table of a JPEG, laid out so that one look at the next bits usually decodes a whole coefficient.</summary>
/// <remarks>
/// <para><see cref="Entries"/> is indexed by the next <see cref="LookAhead"/> bits. An entry holds, from the lowest bit: bits to
/// take (8), zero coefficients to skip (4), bits of the value that follow (4), the value itself (16, signed). Where code and value fit
/// together into the look-ahead, the value is folded in and the bits to take cover both; where they do not, the value is 0 and its bits are still to come;
/// where even the code does not fit, the entry is 0 and <see cref="FindLong"/> continues.</para>
/// <para>Source: ITU-T T.81, sections C.2, F.2.2.</para>
/// </remarks>
internal sealed class JpegHuffmanTable
{
    /// <summary>Bits looked up at once.</summary>
    public const int LookAhead = 10;

    /// <summary>The longest code.</summary>
    private const int LongestCode = 16;

    private readonly byte[] symbols = new byte[256];

    /// <summary>For each length, the first code that is longer, moved up to 16 bits.</summary>
    private readonly int[] end = new int[LongestCode + 1];

    /// <summary>For each length, what to add to a code to get its place among the symbols.</summary>
    private readonly int[] offset = new int[LongestCode + 1];

    /// <summary>What the next <see cref="LookAhead"/> bits mean.</summary>
    public uint[] Entries { get; } = new uint[1 << LookAhead];

    /// <summary>Whether the file has defined this table.</summary>
    public bool Defined { get; set; }

    /// <summary>Whether a scan that is still to be decoded reads with it, so that another definition must not change it.</summary>
    public bool InUse { get; set; }

    /// <summary>Takes a definition.</summary>
    /// <param name="counts">16 numbers: how many codes have length 1…16.</param>
    /// <param name="values">The symbols in the order of their codes.</param>
    /// <param name="isDc">Whether symbols are sizes of differences (0…15) or run and size.</param>
    public void Define(ReadOnlySpan<byte> counts, ReadOnlySpan<byte> values, bool isDc)
    {
        Array.Clear(Entries);
        values.CopyTo(symbols);
        int code = 0;
        int place = 0;
        for (int length = 1; length <= LongestCode; length++, code <<= 1)
        {
            offset[length] = place - code;
            for (int i = 0; i < counts[length - 1]; i++, code++, place++)
            {
                if (code >= 1 << length)
                    throw new ImageFormatException($"JPEG: a Huffman table holds more codes of {length} bits than there are; the file is damaged.");
                if (isDc && values[place] > 15)
                    throw new ImageFormatException($"JPEG: a Huffman table gives a difference {values[place]} bits, at most 15 are allowed; the file is damaged.");
                if (length <= LookAhead)
                    Fill(code, length, values[place], isDc);
            }
            end[length] = code << (LongestCode - length);
        }
        Defined = true;
    }

    /// <summary>The entry of a code longer than the look-ahead, value not folded in; 0 for bits that are no code.</summary>
    /// <param name="next">The next 16 bits.</param>
    public uint FindLong(int next)
    {
        for (int length = LookAhead + 1; length <= LongestCode; length++)
        {
            if (next < end[length])
            {
                int symbol = symbols[((next >> (LongestCode - length)) + offset[length]) & 255];
                return Plain(length, symbol);
            }
        }
        return 0;
    }

    private static uint Plain(int length, int symbol) => (uint)(length | ((symbol >> 4) << 8) | ((symbol & 15) << 12));

    private void Fill(int code, int length, int symbol, bool isDc)
    {
        int spare = LookAhead - length;
        int size = symbol & 15;
        Span<uint> entries = Entries.AsSpan(code << spare, 1 << spare);
        if (size == 0 || size > spare)
        {
            entries.Fill(Plain(length, symbol));
            return;
        }
        for (int rest = 0; rest < entries.Length; rest++)
        {
            int bits = rest >> (spare - size);
            int value = bits < 1 << (size - 1) ? bits - (1 << size) + 1 : bits;
            int run = isDc ? 0 : symbol >> 4;
            entries[rest] = (uint)((length + size) | (run << 8) | (value << 16));
        }
    }
}
