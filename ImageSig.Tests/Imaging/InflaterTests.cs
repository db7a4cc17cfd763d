using System.Buffers.Binary;
using System.IO.Compression;
using ImageSig.Imaging.Decoders;

namespace ImageSig.Tests.Imaging;

/// <summary>Inflating, beside the runtime's inflater.</summary>
public class InflaterTests
{
    public static TheoryData<CompressionLevel> Levels() => [CompressionLevel.NoCompression, CompressionLevel.Fastest, CompressionLevel.Optimal, CompressionLevel.SmallestSize];

    [Theory]
    [MemberData(nameof(Levels))]
    public void What_was_deflated_comes_back_in_pieces_of_any_size(CompressionLevel level)
    {
        Random random = new(1);
        foreach (int length in new[] { 0, 1, 2, 63, 300, 20_000, 300_000 })
        {
            foreach (byte[] bytes in Kinds(random, length))
            {
                byte[] compressed = Deflate(bytes, level);
                Assert.Equal(bytes, Inflate(compressed, length, piece: 1 << 16, chunk: compressed.Length));
                Assert.Equal(bytes, Inflate(compressed, length, piece: 1 + random.Next(3000), chunk: 1 + random.Next(500)));
            }
        }
    }

    /// <summary>Wherever the buffer of compressed bytes ends: within the header of a block, a table, a code, stored bytes.</summary>
    [Theory]
    [InlineData(CompressionLevel.NoCompression)]
    [InlineData(CompressionLevel.Fastest)]
    [InlineData(CompressionLevel.SmallestSize)]
    public void A_block_may_begin_anywhere_in_the_buffer(CompressionLevel level)
    {
        byte[] bytes = Kinds(new(6), 1000).First();
        using MemoryStream block = new();
        using (DeflateStream deflate = new(block, level))
            deflate.Write(bytes);
        for (int before = 15_000; before < 16_500; before++)
        {
            // A stored block that is not the last ends at a whole byte, where any other may begin.
            byte[] compressed = [0x78, 0x01, 0, (byte)before, (byte)(before >> 8), (byte)~before, (byte)(~before >> 8), .. new byte[before], .. block.ToArray()];
            Assert.Equal([.. new byte[before], .. bytes], Inflate(compressed, before + bytes.Length, piece: 1 << 16, chunk: compressed.Length));
        }
    }

    [Fact]
    public void Bytes_that_are_cut_off_come_as_far_as_they_go()
    {
        Random random = new(2);
        foreach (byte[] bytes in Kinds(random, 700))
        {
            foreach (CompressionLevel level in new[] { CompressionLevel.NoCompression, CompressionLevel.Optimal })
            {
                byte[] compressed = Deflate(bytes, level);
                for (int kept = 0; kept < compressed.Length; kept++)
                    CheckBesideTheRuntime(compressed[..kept], bytes.Length);
            }
        }
    }

    [Fact]
    public void Where_the_bytes_end_within_a_table_of_codes_no_more_of_it_is_read()
    {
        // A last block with tables of its own, of 286 and 30 codes; of the numbers, 0 and 1 have one bit each. Behind the end stand zeros, which would go on as numbers 0.
        UInt128 bits = 1 | (2 << 1) | (29 << 3) | (29 << 8) | (15 << 13);
        bits |= (UInt128)1 << (17 + 3 * 3) | (UInt128)1 << (17 + 3 * 17);
        byte[] compressed = [0x78, 0x9C, .. Enumerable.Range(0, 10).Select(i => (byte)(bits >> (8 * i)))];
        InvalidDataException refusal = RowDecoding.With(Chunks(compressed, 5), file =>
        {
            using Inflater inflater = Inflater.Open(new PngPixelBytes(file, 0, default));
            return Assert.Throws<InvalidDataException>(() => inflater.Next(1));
        });
        Assert.Equal("deflate: the bytes end within a table of codes", refusal.Message);
    }

    [Fact]
    public void Blocks_without_end_that_hold_nothing_can_be_canceled()
    {
        // A stored block of one byte, then a hundred thousand of none.
        byte[] compressed = [0x78, 0x9C, 0, 1, 0, 0xFE, 0xFF, 7, .. Enumerable.Repeat<byte[]>([0, 0, 0, 0xFF, 0xFF], 100_000).SelectMany(block => block)];
        Assert.True(RowDecoding.With(Chunks(compressed, 5000), file =>
        {
            using CancellationTokenSource cancellation = new();
            using Inflater inflater = Inflater.Open(new PngPixelBytes(file, 0, cancellation.Token));
            Assert.Equal(7, Assert.Single(inflater.Next(1).ToArray()));
            cancellation.Cancel();
            Assert.Throws<OperationCanceledException>(() => inflater.Next(1));
            return true;
        }));
    }

    [Fact]
    public void Damage_is_found_where_the_runtime_finds_it()
    {
        Random random = new(3);
        foreach (int length in new[] { 40, 500 })
        {
            foreach (byte[] bytes in Kinds(random, length))
            {
                byte[] compressed = Deflate(bytes, CompressionLevel.Optimal);
                for (int round = 0; round < 300; round++)
                {
                    byte[] changed = [.. compressed];
                    // Most of what can be wrong stands at the beginning: the tables of codes.
                    int most = round % 2 == 0 ? Math.Min(60, changed.Length) : changed.Length;
                    for (int times = random.Next(3); times >= 0; times--)
                        changed[random.Next(most)] ^= (byte)(1 << random.Next(8));
                    CheckBesideTheRuntime(changed, bytes.Length);
                }
            }
        }
    }

    [Fact]
    public void Streams_of_chance_are_told_apart_as_the_runtime_does()
    {
        Random random = new(4);
        for (int round = 0; round < 4000; round++)
        {
            byte[] chance = new byte[random.Next(2, 80)];
            random.NextBytes(chance);
            (chance[0], chance[1]) = (0x78, 0x9C);
            // A block of each kind in turn.
            if (chance.Length > 2)
                chance[2] = (byte)((chance[2] & ~6) | (round % 3 * 2));
            CheckBesideTheRuntime(chance, 5000);
        }
    }

    [Fact]
    public void What_stands_behind_the_last_wanted_byte_is_not_looked_at()
    {
        byte[] bytes = Kinds(new(5), 500).First();
        byte[] compressed = Deflate(bytes, CompressionLevel.Optimal);
        compressed[^1] ^= 1;
        Assert.Equal(bytes, Inflate(compressed, bytes.Length, piece: 100, chunk: 100));
        Assert.Equal(bytes, Inflate(compressed[..^4], bytes.Length, piece: 100, chunk: 100));
    }

    /// <summary>The runtime's inflater, asked byte by byte, fails with the last byte or the one before it where ours does: of the last one, it may see already what comes behind.</summary>
    private static void CheckBesideTheRuntime(byte[] compressed, int wanted)
    {
        byte[] ours = Inflate(compressed, wanted, piece: 1, chunk: 50);
        byte[] theirs = RuntimeInflate(compressed, wanted);
        Assert.InRange(ours.Length - theirs.Length, 0, 1);
        Assert.Equal(theirs, ours[..theirs.Length]);
    }

    private static byte[] RuntimeInflate(byte[] compressed, int wanted)
    {
        using ZLibStream inflate = new(new MemoryStream(compressed), CompressionMode.Decompress);
        List<byte> bytes = [];
        try
        {
            while (bytes.Count < wanted && inflate.ReadByte() is >= 0 and int value)
                bytes.Add((byte)value);
        }
        catch (InvalidDataException)
        {
        }
        return [.. bytes];
    }

    /// <summary>What comes until the bytes end or are damaged.</summary>
    private static byte[] Inflate(byte[] compressed, int wanted, int piece, int chunk)
    {
        return RowDecoding.With<byte[]>(Chunks(compressed, chunk), file =>
        {
            using Inflater inflater = Inflater.Open(new PngPixelBytes(file, 0, default));
            List<byte> bytes = [];
            try
            {
                while (bytes.Count < wanted && inflater.Next(Math.Min(piece, wanted - bytes.Count)) is { Count: > 0 } next)
                    bytes.AddRange(next);
            }
            catch (InvalidDataException)
            {
            }
            return [.. bytes];
        });
    }

    /// <summary>The bytes in IDAT chunks, whose checksums nobody looks at here.</summary>
    private static byte[] Chunks(byte[] compressed, int length)
    {
        using MemoryStream file = new();
        byte[] number = new byte[4];
        foreach (byte[] data in compressed.Chunk(Math.Max(1, length)))
        {
            BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
            file.Write([.. number, .. "IDAT"u8, .. data, 0, 0, 0, 0]);
        }
        file.Write([0, 0, 0, 0, .. "IEND"u8, 0, 0, 0, 0]);
        return file.ToArray();
    }

    private static byte[] Deflate(byte[] bytes, CompressionLevel level)
    {
        using MemoryStream compressed = new();
        using (ZLibStream deflate = new(compressed, level))
            deflate.Write(bytes);
        return compressed.ToArray();
    }

    /// <summary>Bytes of few values and of all, runs of every period, and what repeats from far away.</summary>
    private static IEnumerable<byte[]> Kinds(Random random, int length)
    {
        yield return Make(_ => (byte)Math.Min(random.Next(12), random.Next(12)));
        yield return Make(_ => (byte)random.Next(256));
        yield return Make(i => (byte)(random.Next(40) == 0 ? random.Next(256) : i % (1 + i / 400 % 40)));
        byte[] far = Make(_ => (byte)random.Next(256));
        for (int i = 0; i + 200 < length; i += random.Next(1, 300))
            far.AsSpan(Math.Max(0, i - random.Next(1 << 15)), random.Next(3, 100)).CopyTo(far.AsSpan(i));
        yield return far;

        byte[] Make(Func<int, byte> value) => [.. Enumerable.Range(0, length).Select(value)];
    }
}
