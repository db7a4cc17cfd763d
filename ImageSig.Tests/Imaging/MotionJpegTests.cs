using ImageSig.Imaging;

namespace ImageSig.Tests.Imaging;

/// <summary>JPEG pictures that follow one another.</summary>
public class MotionJpegTests
{
    private static readonly Image[] Frames = [.. Enumerable.Range(0, 5).Select(i => Pictures.Photograph(40 + i, 30, i))];
    private static readonly byte[][] Files = [.. Frames.Select(frame => frame.EncodeJpeg())];

    [Fact]
    public void Every_picture_is_found_whatever_stands_between()
    {
        byte[] boundary = "\r\n--frame\r\nContent-Type: image/jpeg\r\n\r\n"u8.ToArray();
        byte[][] between = [[], boundary, [0xFF, 0xD8, 1, 2, 0xFF, 0xFF, 0xFF], new byte[100_000]];
        foreach (byte[] rubbish in between)
        {
            byte[] stream = [.. rubbish, .. Files.SelectMany(file => file.Concat(rubbish))];
            Assert.Equal(Files.Select(Levels), Read(stream, out _));
        }
    }

    [Fact]
    public void A_picture_that_is_cut_short_is_lost_and_the_next_one_found()
    {
        for (int length = 2; length < Files[1].Length; length += 7)
        {
            byte[] stream = [.. Files[0], .. Files[1].AsSpan(0, length), .. Files[2], .. Files[3]];
            byte[][] read = Read(stream, out int lost);
            Assert.Equal(Levels(Files[0]), read[0]);
            Assert.Equal(Levels(Files[3]), read[^1]);
            Assert.True(read.Length + lost >= 3, $"cut to {length}: {read.Length} read, {lost} lost");
        }
    }

    [Theory]
    [InlineData("bytes changed")]
    [InlineData("a marker that none may be")]
    [InlineData("a segment that reaches over the next pictures")]
    [InlineData("bytes missing")]
    [InlineData("cut off")]
    public void Damage_in_one_picture_costs_no_other(string kind)
    {
        Random random = new(7);
        for (int trial = 0; trial < 200; trial++)
        {
            int at = random.Next(2, Files[1].Length - 2);
            List<byte> damaged = [.. Files[1]];
            switch (kind)
            {
                case "bytes changed":
                    for (int i = 0; i < 20; i++)
                        damaged[random.Next(2, damaged.Count)] = (byte)random.Next(256);
                    break;
                case "a marker that none may be":
                    damaged.InsertRange(at, [0xFF, 0x3A, 0xF0, 0x00]);
                    break;
                case "a segment that reaches over the next pictures":
                    damaged.InsertRange(at, [0xFF, 0xE5, 0x08, 0x00]);
                    break;
                case "bytes missing":
                    damaged.RemoveRange(at, Math.Min(50, damaged.Count - at));
                    break;
                default:
                    damaged.RemoveRange(at, damaged.Count - at);
                    break;
            }
            using MotionJpegReader reader = new(new MemoryStream([.. Files[0], .. damaged, .. Files[2], .. Files[3], .. Files[4]]));
            List<byte[]> read = [];
            while (reader.TryReadFrame(out ReadOnlySpan<byte> frame))
                read.Add(frame.ToArray());
            Assert.Equal(Files[0], read[0]);
            Assert.True(read.Count >= 4, $"{kind}, trial {trial}, at {at}: {read.Count} of the 4 that are whole");
            Assert.True(Files[2..].Zip(read[^3..]).All(pair => pair.First.AsSpan().SequenceEqual(pair.Second)), $"{kind}, trial {trial}, at {at}");
            if (kind.StartsWith("a ", StringComparison.Ordinal) || kind == "cut off")
                Assert.Equal(5, read.Count + reader.Lost);
        }
    }

    [Fact]
    public void Motion_jpeg_is_told_from_a_picture_and_from_pictures_that_hold_others()
    {
        byte[] frame = Frames[0].EncodeJpeg(), other = Frames[0].EncodeJpeg(50), preview = Files[1];
        byte[] index = [0xFF, 0xD8, 0xFF, 0xE2, 0, 6, .. "MPF\0"u8, .. frame.AsSpan(2)];
        Assert.True(Is([.. frame, .. other]));
        Assert.True(Is([.. frame, .. other, 1, 2, 3]));
        Assert.False(Is(frame));
        Assert.False(Is([.. frame, .. frame.AsSpan(0, 300)]));
        Assert.False(Is([.. frame, .. preview]));
        Assert.False(Is([.. index, .. other]));
        Assert.False(Is([.. frame, .. "SEFT"u8, .. other]));
        Assert.False(Is(Frames[0].EncodePng()));
        Assert.False(Is([]));

        static bool Is(byte[] file) => MotionJpegReader.IsMotionJpeg(new MemoryStream(file));
    }

    [Fact]
    public void Frames_without_tables_use_those_of_the_standard()
    {
        List<byte> bare = [.. Files[0]];
        for (int at = Find(bare, 0xC4); at >= 0; at = Find(bare, 0xC4))
            bare.RemoveRange(at, 2 + (bare[at + 2] << 8) + bare[at + 3]);
        Assert.True(bare.Count < Files[0].Length - 400);
        Assert.Equal(Levels(Files[0]), Levels([.. bare]));
    }

    [Fact]
    public void A_picture_beyond_the_limit_is_given_up()
    {
        byte[] endless = [.. Files[0].AsSpan(0, Files[0].Length - 2), .. Enumerable.Repeat((byte)7, 1_000_000)];
        using MotionJpegReader reader = new(new MemoryStream([.. endless, .. Files[1]]), maxBytes: 100_000);
        Assert.True(reader.TryReadFrame(out ReadOnlySpan<byte> frame));
        Assert.Equal(Files[1], frame.ToArray());
        Assert.Equal(1, reader.Lost);
        Assert.False(reader.TryReadFrame(out _));
    }

    [Fact]
    public void Damaged_streams_end_and_throw_nothing()
    {
        Random random = new(7);
        byte[] stream = [.. Files.SelectMany(file => file)];
        for (int i = 0; i < 500; i++)
            Assert.InRange(Read(Mutation.Of(stream, random), out _).Length, 0, 20);
    }

    private static int Find(List<byte> file, byte marker)
    {
        for (int i = 0; i < file.Count - 1; i++)
            if (file[i] == 0xFF && file[i + 1] == marker)
                return i;
        return -1;
    }

    private static byte[][] Read(byte[] stream, out int lost)
    {
        using MotionJpegReader reader = new(new TrickleStream(stream));
        List<byte[]> levels = [];
        while (reader.Next() is { } image)
            levels.Add(image.Pixels.ToArray());
        lost = reader.Lost;
        return [.. levels];
    }

    private static byte[] Levels(byte[] file) => Image.Decode(file).Pixels.ToArray();

    /// <summary>Gives a few bytes at a time, as a network does.</summary>
    private sealed class TrickleStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, 777));
    }
}
