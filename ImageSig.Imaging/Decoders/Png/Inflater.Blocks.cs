namespace ImageSig.Imaging.Decoders;

// What stands in front of the bytes: the header of all, and of each block.
internal sealed unsafe partial class Inflater
{
    private const int LookAhead = 11, DistanceLookAhead = 9, NumberLookAhead = 7;

    /// <summary>Literals and lengths that there are, those with a code in the fixed table, distances that there are, and likewise.</summary>
    private const int LengthCount = 286, FixedLengthCount = 288, DistanceCount = 30, FixedDistanceCount = 32;

    /// <summary>The place of the code that ends a block.</summary>
    private const int End = 256;

    private static readonly InflateTable FixedLengths = Fixed(LookAhead, InflateTable.Lengths, [.. Enumerable.Range(0, FixedLengthCount).Select(FixedLength)]);
    private static readonly InflateTable FixedDistances = Fixed(DistanceLookAhead, InflateTable.Distances, [.. Enumerable.Repeat((byte)5, FixedDistanceCount)]);

    private readonly InflateTable ownLengths = new(LookAhead), ownDistances = new(DistanceLookAhead), numbers = new(NumberLookAhead);

    /// <summary>The order in which the lengths of the codes for lengths stand.</summary>
    private static ReadOnlySpan<byte> Order => [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

    private void ReadHeader()
    {
        (int method, int flags) = (Take(8), Take(8));
        if ((method << 8 | flags) % 31 != 0 || (method & 15) != 8 || method >> 4 > 7 || (flags & 32) != 0)
            throw Damaged("the header is not zlib's");
        state = State.Block;
    }

    private void BeginBlock()
    {
        last = Take(1) != 0;
        switch (Take(2))
        {
            case 0:
                Drop(bitCount & 7, ref bits, ref bitCount);
                stored = Take(16);
                if ((stored ^ Take(16)) != 0xFFFF)
                    throw Damaged("the length of stored bytes is wrong");
                Align();
                state = stored > 0 ? State.Stored : EndOfBlock;
                break;
            case 1:
                (lengths, distances, state) = (FixedLengths, FixedDistances, State.Codes);
                break;
            case 2:
                ReadTables();
                (lengths, distances, state) = (ownLengths, ownDistances, State.Codes);
                break;
            default:
                throw Damaged("a block of a kind that does not exist");
        }
    }

    private State EndOfBlock => last ? State.Done : State.Block;

    private void CopyStored(int limit)
    {
        Refill();
        int count = Math.Min(Math.Min(stored, limit - written), filled - next);
        if (count <= 0)
        {
            state = State.Done;
            return;
        }
        input.AsSpan(next, count).CopyTo(window.AsSpan(written));
        next += count;
        written += count;
        stored -= count;
        if (stored == 0)
            state = EndOfBlock;
    }

    private void ReadTables()
    {
        (int lengthCount, int distanceCount, int numberCount) = (Take(5) + 257, Take(5) + 1, Take(4) + 4);
        if (lengthCount > LengthCount || distanceCount > DistanceCount)
            throw Damaged("more codes than there are");
        Span<byte> ofNumbers = stackalloc byte[Order.Length];
        ofNumbers.Clear();
        for (int i = 0; i < numberCount; i++)
            ofNumbers[Order[i]] = (byte)Take(3);
        if (!numbers.TryDefine(ofNumbers, InflateTable.Numbers, complete: true))
            throw Damaged("wrong lengths of the codes for lengths");
        Span<byte> all = stackalloc byte[LengthCount + DistanceCount];
        all = all[..(lengthCount + distanceCount)];
        for (int i = 0; i < all.Length;)
        {
            int number = TakeNumber();
            if (number < 16)
            {
                all[i++] = (byte)number;
                continue;
            }
            if (number == 16 && i == 0)
                throw Damaged("nothing to repeat");
            (int repeat, byte value) = number switch
            {
                16 => (3 + Take(2), all[i - 1]),
                17 => (3 + Take(3), (byte)0),
                _ => (11 + Take(7), (byte)0),
            };
            if (repeat > all.Length - i)
                throw Damaged("more lengths than codes");
            all.Slice(i, repeat).Fill(value);
            i += repeat;
        }
        if (all[End] == 0)
            throw Damaged("no code for the end");
        if (!ownLengths.TryDefine(all[..lengthCount], InflateTable.Lengths) || !ownDistances.TryDefine(all[lengthCount..], InflateTable.Distances))
            throw Damaged("wrong lengths of codes");
    }

    private int TakeNumber()
    {
        // Seven bits at most; those that are taken are known only then.
        Take(0);
        uint entry = numbers.Entries[bits & ((1UL << numbers.Bits) - 1)];
        if (entry == 0 && (entry = numbers.Find(bits)) == 0)
            throw Damaged("a number that does not exist");
        return Value(entry, ref bits, ref bitCount);
    }

    private static InflateTable Fixed(int lookAhead, uint[] meanings, byte[] codes)
    {
        InflateTable table = new(lookAhead);
        table.TryDefine(codes, meanings);
        return table;
    }

    private static byte FixedLength(int place) => (byte)(place switch { < 144 => 8, < 256 => 9, < 280 => 7, _ => 8 });
}
