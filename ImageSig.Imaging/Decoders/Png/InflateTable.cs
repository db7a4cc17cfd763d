namespace ImageSig.Imaging.Decoders;

/// <summary>A Huffman table of deflate, laid out so that one look at the next bits decodes most codes.</summary>
/// <remarks>
/// <para>An entry holds, from the lowest bit: bits of the code (8); how many further bits belong to it (4); from bit 16 on a literal, or what the further bits are added to. The
/// highest bit marks a literal, <see cref="EndBit"/> the end of a block. 0 is no entry: the code is longer than the look-ahead, or does not exist.</para>
/// <para>Source: RFC 1951, sections 3.2.2, 3.2.5 and 3.2.7. Which incomplete tables are taken follows zlib: a single code of one bit, or none at all.</para>
/// </remarks>
internal sealed class InflateTable
{
    /// <summary>Set in the entry that ends a block.</summary>
    public const uint EndBit = 1 << 15;

    private const uint LiteralBit = 1u << 31;
    private const int LongestCode = 15;

    /// <summary>Ends a block, and is an error.</summary>
    private const uint NoLength = EndBit | (1 << 16);

    /// <summary>What literals and lengths mean: 256 bytes, the end, 29 lengths, two that do not exist and yet have codes in the fixed table.</summary>
    public static readonly uint[] Lengths =
        [.. Enumerable.Range(0, 256).Select(value => LiteralBit | ((uint)value << 16)), EndBit, .. Enumerable.Range(0, 29).Select(Length), NoLength, NoLength];

    /// <summary>What the 30 distances mean, and two that do not exist: no distance.</summary>
    public static readonly uint[] Distances = [.. Enumerable.Range(0, 30).Select(Distance), 0, 0];

    /// <summary>What the 19 codes for the lengths of codes mean: their number.</summary>
    public static readonly uint[] Numbers = [.. Enumerable.Range(0, 19).Select(value => (uint)value << 16)];

    private readonly int lookAhead;
    private readonly uint[] sorted = new uint[288];

    /// <summary>For each length, the first code that is longer, moved up to 15 bits; and what to add to a code to get its place among the sorted entries.</summary>
    private readonly int[] end = new int[LongestCode + 1], offset = new int[LongestCode + 1];

    /// <summary>Makes an empty table.</summary>
    /// <param name="lookAhead">The most bits that are looked up at once.</param>
    public InflateTable(int lookAhead)
    {
        this.lookAhead = lookAhead;
        Entries = new uint[1 << lookAhead];
    }

    /// <summary>What the next <see cref="Bits"/> bits mean, the next one lowest.</summary>
    public uint[] Entries { get; }

    /// <summary>Bits that are looked up: as many as the longest code has, and not more than the look-ahead.</summary>
    public int Bits { get; private set; }

    /// <summary>Takes a definition.</summary>
    /// <param name="lengths">The length of each code in the order of <paramref name="meanings"/>; 0 for none.</param>
    /// <param name="meanings">The entries without their codes' lengths.</param>
    /// <param name="complete">Whether every string of bits must begin with a code.</param>
    /// <returns>False where the codes are too many, or too few.</returns>
    public bool TryDefine(ReadOnlySpan<byte> lengths, ReadOnlySpan<uint> meanings, bool complete = false)
    {
        Span<int> next = stackalloc int[LongestCode + 1];
        next.Clear();
        foreach (byte length in lengths)
            next[length]++;
        next[0] = 0;
        (int code, int place, int longest) = (0, 0, 0);
        for (int length = 1; length <= LongestCode; length++)
        {
            (int count, code) = (next[length], code << 1);
            (next[length], offset[length]) = (code, place - code);
            code += count;
            place += count;
            if (code > 1 << length)
                return false;
            end[length] = code << (LongestCode - length);
            longest = count > 0 ? length : longest;
        }
        if (code < 1 << LongestCode && (complete || longest > 1))
            return false;
        Bits = Math.Clamp(longest, 1, lookAhead);
        Span<uint> entries = Entries.AsSpan(0, 1 << Bits);
        if (longest > Bits || code < 1 << LongestCode)
            entries.Clear();
        for (int symbol = 0; symbol < lengths.Length; symbol++)
        {
            int length = lengths[symbol];
            if (length == 0)
                continue;
            uint entry = meanings[symbol] | (uint)length;
            int own = next[length]++;
            sorted[offset[length] + own] = entry;
            if (length <= Bits)
                for (int at = Reversed(own) >> (LongestCode - length); at < entries.Length; at += 1 << length)
                    entries[at] = entry;
        }
        return true;
    }

    /// <summary>The entry of a code of any length, found one length after the other; 0 for bits that are no code.</summary>
    /// <param name="bits">The next bits, at least 15, the next one lowest.</param>
    public uint Find(ulong bits)
    {
        int code = Reversed((int)bits & ((1 << LongestCode) - 1));
        for (int length = 1; length <= LongestCode; length++)
            if (code < end[length])
                return sorted[offset[length] + (code >> (LongestCode - length))];
        return 0;
    }

    /// <summary>15 bits in the other order.</summary>
    private static int Reversed(int bits)
    {
        bits = ((bits & 0x5555) << 1) | ((bits >> 1) & 0x5555);
        bits = ((bits & 0x3333) << 2) | ((bits >> 2) & 0x3333);
        bits = ((bits & 0x0F0F) << 4) | ((bits >> 4) & 0x0F0F);
        return (((bits & 0xFF) << 8) | (bits >> 8)) >> 1;
    }

    /// <summary>3 to 258 bytes: eight lengths without further bits, four with 1, four with 2, …; the last stands alone.</summary>
    private static uint Length(int number)
    {
        int extra = number is < 8 or 28 ? 0 : (number - 4) / 4;
        int start = number < 8 ? 3 + number : number == 28 ? 258 : 3 + ((4 + number % 4) << extra);
        return ((uint)extra << 8) | ((uint)start << 16);
    }

    /// <summary>1 to 32768 bytes back: four distances without further bits, two with 1, two with 2, …</summary>
    private static uint Distance(int number)
    {
        int extra = number < 4 ? 0 : (number - 2) / 2;
        int start = number < 4 ? 1 + number : 1 + ((2 + number % 2) << extra);
        return ((uint)extra << 8) | ((uint)start << 16);
    }
}
