using System.Text;
using ImageSig.Imaging;

namespace ImageSig.Tests.Imaging;

/// <summary>PNG, BMP and PNM files that are not as their formats want them, and hold every pixel.</summary>
public class IrregularPictureTests
{
    [Fact]
    public void A_wrong_checksum_of_a_chunk_that_may_be_left_out_concerns_no_pixel()
    {
        Image picture = Image.Decode(Case("png_text_crc.png"), new() { Strict = true });
        Assert.Contains("tEXt", picture.Irregularity, StringComparison.Ordinal);
        byte[] plain = Pictures.Photograph(7, 5, 1).EncodePng();
        byte[] damaged = [.. plain.AsSpan(0, 33), 0, 0, 0, 2, .. "tRNS"u8, 0, 0, 1, 2, 3, 4, .. plain.AsSpan(33)];
        Assert.Equal(Image.Decode(plain).Pixels, Image.Decode(damaged).Pixels);
        plain[^20] ^= 1;
        Assert.Throws<ImageFormatException>(() => Image.Decode(plain));
    }

    [Fact]
    public void The_orientation_of_a_png_turns_it()
    {
        byte[] file = Case("png_exif_orientation6.png");
        Image seen = Image.Decode(file);
        Assert.Equal((4, 6, 6), (seen.Width, seen.Height, ImageInfo.Read(file).Orientation));
        Image stored = Image.Decode(file, new() { ApplyOrientation = false });
        Assert.Equal((6, 4), (stored.Width, stored.Height));
        Assert.Equal(stored.Row(0)[..3], seen.Row(0).Slice(9, 3));
    }

    [Fact]
    public void An_index_beyond_the_palette_is_black()
    {
        Image picture = Image.Decode(Case("png_palette_index_out.png"));
        byte[] palette = PngSamples.Write(2, 1, depth: 8, color: 3, interlace: 0, rows: [0, 1, 2], palette: [9, 9, 9, 5, 6, 7], transparency: [0, 255, 0]);
        Assert.Equal([5, 6, 7, 0, 0, 0], Image.Decode(palette).Pixels.ToArray());
        Assert.Contains(picture.Pixels.ToArray().Chunk(3), pixel => pixel is [0, 0, 0]);
    }

    [Fact]
    public void A_png_without_the_checksum_inside_its_pixels_is_read_for_its_chunks_are_checked() =>
        Assert.Equal((6, 4), (Image.Decode(Case("png_no_adler.png")).Width, Image.Decode(Case("png_no_adler.png")).Height));

    [Fact]
    public void A_palette_of_any_length_in_a_picture_of_colors_is_only_a_suggestion()
    {
        byte[] file = PngSamples.Write(1, 1, depth: 8, color: 2, interlace: 0, rows: [0, 1, 2, 3], palette: [1, 2, 3, 4]);
        Assert.Equal([1, 2, 3], Image.Decode(file).Pixels.ToArray());
    }

    [Theory]
    [InlineData("P5\n3 1\n255#c\n\n\u0080\u00ff")]
    [InlineData("P5\n3 1#\n255#c\r\n\u0080\u00ff")]
    [InlineData("P5 #a\n3\t1\r\n255\n\n\u0080\u00ff")]
    public void A_comment_right_behind_the_largest_level_ends_with_its_line(string file) =>
        Assert.Equal([10, 10, 10, 128, 128, 128, 255, 255, 255], Image.Decode(Encoding.Latin1.GetBytes(file)).Pixels.ToArray());

    [Theory]
    [InlineData("P4\n8 1#c\n\u00f0", new byte[] { 0, 0, 0, 0, 255, 255, 255, 255 })]
    [InlineData("P5\n2 1\n1\n\u0000\u0001", new byte[] { 0, 255 })]
    [InlineData("P2\r\n2 1\r\n#c\r\n1\r\n0#x\n1", new byte[] { 0, 255 })]
    public void Comments_and_line_ends_stand_wherever_netpbm_has_them(string file, byte[] levels) =>
        Assert.Equal(levels, Image.Decode(Encoding.Latin1.GetBytes(file)).Pixels.ToArray().Chunk(3).Select(pixel => pixel[0]));

    [Fact]
    public void A_mask_of_any_width_gives_the_nearest_level()
    {
        foreach (int width in new[] { 8, 9, 10, 11, 12, 16 })
            foreach (int value in new[] { 0, 1, 2, 77, 128, 200, (1 << width) - 2, (1 << width) - 1 })
            {
                if (value >= 1 << width)
                    continue;
                int expected = (int)Math.Round(255.0 * value / ((1 << width) - 1), MidpointRounding.AwayFromZero);
                Assert.Equal(expected, Image.Decode(Masked((uint)value << 3, ((1u << width) - 1) << 3)).Pixels[0]);
            }
        Assert.Equal((127, 64), (Image.Decode(Case("bmp_masks_11_11_10.bmp")).Width, Image.Decode(Case("bmp_masks_11_11_10.bmp")).Height));
    }

    [Theory]
    [InlineData("P7\nWIDTH 1\nHEIGHT 1\nDEPTH 1\nMAXVAL 255\nENDHDR\n0", "PAM")]
    [InlineData("GIF89a", "GIF")]
    public void Formats_that_are_not_read_are_refused_by_their_names(string file, string name) =>
        Assert.Contains(name, Refusal(Encoding.Latin1.GetBytes(file)), StringComparison.Ordinal);

    [Fact]
    public void Compressions_of_OS2_are_refused_by_their_names()
    {
        byte[] file = Case("bmp_os2_rle24.bmp");
        Assert.Contains("OS/2 run lengths of 24 bits (RLE24)", Refusal(file), StringComparison.Ordinal);
        file[30] = 3;
        Assert.Contains("OS/2 Huffman", Refusal(file), StringComparison.Ordinal);
    }

    private static string Refusal(byte[] file) => Assert.Throws<ImageFormatException>(() => Image.Decode(file)).Message;

    private static byte[] Case(string name) => IrregularJpegTests.Case(name);

    /// <summary>One pixel of 32 bits with one mask, for red.</summary>
    private static byte[] Masked(uint value, uint mask)
    {
        byte[] file = new byte[14 + 40 + 12 + 4];
        (file[0], file[1], file[10], file[14], file[18], file[22], file[26], file[28], file[30]) = ((byte)'B', (byte)'M', 66, 40, 1, 1, 1, 32, 3);
        BitConverter.TryWriteBytes(file.AsSpan(54), mask);
        BitConverter.TryWriteBytes(file.AsSpan(66), value);
        return file;
    }
}
