using ImageSig.Imaging;
using ImageSig.Tests.Support;

namespace ImageSig.Tests.Imaging;

/// <summary>What is no image, or no longer one: always one clear line, never another exception.</summary>
public class DamageTests
{
    private static readonly DecodeOptions Strict = new() { Strict = true };

    [Theory]
    [InlineData("", "the file is empty; JPEG, PNG, BMP and PNM are read.")]
    [InlineData("hello world, this is text", "this is not an image: it starts with the text \"hello world, thi\"; JPEG, PNG, BMP and PNM are read.")]
    [InlineData("GIF89a..", "this is GIF, which this program was built without (ImageSig.ImageSharp reads it: build without -p:ImageSharp=false); convert the file to PNG or JPEG first.")]
    [InlineData("RIFF....WEBPVP8 ", "this is WebP, which this program was built without (ImageSig.ImageSharp reads it: build without -p:ImageSharp=false); convert the file to PNG or JPEG first.")]
    [InlineData("....ftypheic....", "this is HEIC, which is not supported; convert the file to PNG or JPEG first.")]
    [InlineData("....ftypavif....", "this is AVIF, which is not supported; convert the file to PNG or JPEG first.")]
    [InlineData("II*\0....", "this is TIFF, which this program was built without (ImageSig.ImageSharp reads it: build without -p:ImageSharp=false); convert the file to PNG or JPEG first.")]
    public void Other_files_are_refused_by_what_they_are(string content, string message)
    {
        ImageFormatException refusal = Assert.Throws<ImageFormatException>(() => Image.Decode(System.Text.Encoding.Latin1.GetBytes(content)));
        Assert.Equal(message, refusal.Message);
    }

    [Fact]
    public void A_file_is_named_by_its_path_and_known_by_its_content()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["text.jpg"], "no picture\n");
        ImageFormatException refusal = Assert.Throws<ImageFormatException>(() => Image.Load(folder["text.jpg"]));
        Assert.StartsWith(folder["text.jpg"] + ": this is not an image", refusal.Message, StringComparison.Ordinal);
        Pictures.Noise(3, 3, 1).SavePng(folder["picture.txt"]);
        Assert.Equal(3, Image.Load(folder["picture.txt"]).Width);
        Assert.Throws<FileNotFoundException>(() => Image.Load(folder["absent.jpg"]));
        Assert.ThrowsAny<Exception>(() => Image.Load(folder.Path));
    }

    [Fact]
    public void A_huge_picture_declared_in_a_few_bytes_is_refused_before_anything_is_allocated()
    {
        byte[] jpeg = [0xFF, 0xD8, 0xFF, 0xC0, 0, 17, 8, 0x75, 0x30, 0x75, 0x30, 3, 1, 0x22, 0, 2, 0x11, 0, 3, 0x11, 0, .. new byte[79]];
        byte[] png = TinyPng(30000, 30000);
        byte[] belowLimit = [.. jpeg];
        (belowLimit[7], belowLimit[9]) = (0x20, 0x20);
        long before = GC.GetAllocatedBytesForCurrentThread();
        foreach (byte[] file in new[] { jpeg, png })
        {
            ImageFormatException refusal = Assert.Throws<ImageFormatException>(() => Image.Decode(file));
            Assert.Contains("declared as 30000x30000 pixels, the limit is 100000000", refusal.Message, StringComparison.Ordinal);
        }
        foreach (byte[] file in new[] { belowLimit, TinyPng(9000, 9000) })
        {
            ImageFormatException refusal = Assert.Throws<ImageFormatException>(() => Image.Decode(file));
            Assert.Contains("cannot be held in", refusal.Message, StringComparison.Ordinal);
        }
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 200_000);
    }

    [Fact]
    public void A_file_cut_anywhere_is_refused()
    {
        foreach ((string name, byte[] file) in Samples.Jpegs.Append(("png", Samples.Png)))
        {
            // Without its end marker alone a JPEG is whole.
            for (int length = 0; length < file.Length - (name == "png" ? 0 : 2); length++)
            {
                byte[] cut = file[..length];
                Assert.True(Record.Exception(() => Image.Decode(cut, Strict)) is ImageFormatException, $"{name} cut to {length} of {file.Length} bytes");
            }
            Assert.NotNull(Image.Decode(file, Strict));
        }
    }

    [Fact]
    public void A_jpeg_cut_in_its_scan_is_shown_as_far_as_it_goes()
    {
        foreach ((string name, byte[] file) in Samples.Jpegs.Where(sample => sample.Name is "420" or "444" or "restart-1" or "quality-30" or "progressive-420"))
        {
            Image whole = Image.Decode(file);
            Assert.Null(whole.Damage);
            Image cut = Image.Decode(file.AsSpan(0, file.Length - 20));
            Assert.True(cut.Damage?.Contains("truncated", StringComparison.Ordinal), $"{name}: {cut.Damage}");
            Assert.Equal(whole.Row(0)[..9], cut.Row(0)[..9]);
        }
    }

    [Fact]
    public void A_truncated_jpeg_says_so()
    {
        byte[] cut = Samples.Jpegs[0].File[..^30];
        ImageFormatException refusal = Assert.Throws<ImageFormatException>(() => Image.Decode(cut, Strict));
        Assert.Contains("truncated", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
    }

    [Theory]
    [InlineData("420")]
    [InlineData("progressive-420")]
    public void A_scan_said_a_hundred_thousand_times_over_takes_no_time(string name)
    {
        byte[] file = Samples.Jpegs.First(sample => sample.Name == name).File;
        int start = file.AsSpan().IndexOf([(byte)0xFF, (byte)0xDA]);
        byte[] header = file[start..(start + 2 + file[start + 3])];
        byte[] crafted = [.. file.AsSpan(0, start), .. Enumerable.Repeat(header, 100_000).SelectMany(bytes => bytes), 0xFF, 0xD9];
        Cost cost = Cost.Of(() => DecodeCrafted(file, crafted, name, start, header.Length));
        Assert.Null(cost.Thrown);
        Assert.True(cost.Time < TimeSpan.FromSeconds(1), $"{cost.Time}");
    }

    private static void DecodeCrafted(byte[] file, byte[] crafted, string name, int start, int header)
    {
        // A baseline picture has one scan for each component and is complete behind it, damaged as it may be.
        if (name == "420")
            Assert.Contains("damaged", Image.Decode(crafted).Damage, StringComparison.Ordinal);
        else
            Assert.Contains("more than 500 scans", Assert.Throws<ImageFormatException>(() => Image.Decode(crafted)).Message, StringComparison.Ordinal);
        Assert.Contains("damaged", Image.Decode(crafted.AsSpan(0, start + 400 * header)).Damage, StringComparison.Ordinal);
        // Behind the whole picture nothing is looked at.
        Image whole = Image.Decode([.. file.AsSpan(0, file.Length - 2), .. crafted.AsSpan(start)], Strict);
        Assert.Equal(Image.Decode(file).Pixels, whole.Pixels);
        Assert.NotNull(whole.Irregularity);
    }

    [Fact]
    public void Scans_that_go_over_a_progressive_picture_more_than_a_hundred_times_are_refused()
    {
        // Gray, 64x64; its mean, then one coefficient after the other, bit by bit, each in a scan without a byte.
        List<byte> file = [0xFF, 0xD8, 0xFF, 0xDB, 0, 67, 0, .. Enumerable.Repeat((byte)1, 64), 0xFF, 0xC2, 0, 11, 8, 0, 64, 0, 64, 1, 1, 0x11, 0, .. Scan(0, 0, 0)];
        for (byte coefficient = 1, scans = 1; scans <= 100; coefficient++)
            for (int bit = 13; bit >= 0; bit--, scans++)
                file.AddRange(Scan(coefficient, bit == 13 ? 0 : bit + 1, bit));
        byte[] crafted = [.. file, 0xFF, 0xD9];
        Assert.Contains("more than 100 times", Assert.Throws<ImageFormatException>(() => Image.Decode(crafted)).Message, StringComparison.Ordinal);
        Assert.Contains("more than 100 times", Assert.Throws<ImageFormatException>(() => Image.DecodeFitted(crafted, 8, 8)).Message, StringComparison.Ordinal);

        static byte[] Scan(byte coefficient, int high, int low) => [0xFF, 0xDA, 0, 8, 1, 1, 0, coefficient, coefficient, (byte)((high << 4) | low)];
    }

    [Fact]
    public void Ten_thousand_mutations_end_in_a_picture_or_in_one_clear_line()
    {
        Random random = new(20261122);
        (string Name, byte[] File)[] samples = [.. Samples.Jpegs, ("png", Samples.Png)];
        for (int i = 0; i < 10_000; i++)
        {
            byte[] file = Mutation.Of(samples[i % samples.Length].File, random);
            Exception? thrown = Record.Exception(() => Image.Decode(file, i % 3 == 0 ? Strict : null));
            Assert.True(thrown is null or ImageFormatException, $"mutation {i} of {samples[i % samples.Length].Name}: {thrown}");
        }
    }

    private static byte[] TinyPng(int width, int height)
    {
        byte[] file = new Image(1, 1).EncodePng();
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(16), width);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(20), height);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(29), Crc32.Append(0, file.AsSpan(12, 17)));
        return file;
    }
}
