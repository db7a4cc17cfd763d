using System.Buffers.Binary;
using System.Text;
using ImageSig.Imaging;
using ImageSig.Tests.Support;

namespace ImageSig.Tests.Imaging;

/// <summary>Bitmaps and Netpbm files.</summary>
public class BmpAndPnmTests
{
    private static readonly Image Picture = Pictures.Photograph(37, 21, 5);

    [ProgramFact("convert", "imagemagick")]
    public void Bitmaps_of_every_kind_read_as_ImageMagick_reads_them() => CompareAll("bmp:",
    [
        "BMP2:", "BMP3:", "BMP:", "-colors 2 BMP3:", "-monochrome BMP3:", "-colors 7 BMP3:", "-colors 13 BMP2:", "-colors 200 BMP3:", "-colors 200 -compress RLE BMP3:",
        "-colors 13 -compress RLE BMP3:", "-define bmp:subtype=RGB565 BMP:", "-define bmp:subtype=RGB555 BMP:", "-colorspace Gray -colors 256 BMP3:",
    ]);

    [ProgramFact("convert", "imagemagick")]
    public void Netpbm_files_of_every_kind_read_as_ImageMagick_reads_them() => CompareAll("pnm:",
    [
        "ppm:", "pgm:", "-monochrome pbm:", "-compress none ppm:", "-compress none pgm:", "-monochrome -compress none pbm:", "-depth 16 -evaluate multiply 0.777 ppm:",
        "-depth 16 -compress none -evaluate multiply 0.777 pgm:", "-depth 5 ppm:", "-depth 1 -compress none ppm:",
    ]);

    [ProgramFact("convert", "imagemagick")]
    public void A_bitmap_with_transparency_is_laid_over_white()
    {
        byte[] bmp = OutsideProgram.Run("convert", "ppm:- -alpha set -channel A -fx i/w +channel BMP:-", Pictures.ToPpm(Picture));
        CompareWithImageMagick("bmp:- -background white -flatten", bmp, "transparent");
    }

    [Fact]
    public void A_bitmap_with_a_negative_height_stands_the_other_way_up()
    {
        byte[] file = Bitmap(bits: 24, width: 2, height: 2, [0, 0, 1, 0, 0, 2, 0, 0, 0, 0, 3, 0, 0, 4, 0, 0]);
        Assert.Equal([3, 0, 0, 4, 0, 0, 1, 0, 0, 2, 0, 0], Image.Decode(file).Pixels.ToArray());
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(22), -2);
        Assert.Equal([1, 0, 0, 2, 0, 0, 3, 0, 0, 4, 0, 0], Image.Decode(file).Pixels.ToArray());
    }

    [Fact]
    public void Thirty_two_bits_without_a_mask_have_no_transparency() =>
        Assert.Equal([30, 20, 10], Image.Decode(Bitmap(bits: 32, width: 1, height: 1, [10, 20, 30, 0])).Pixels.ToArray());

    [Fact]
    public void Comments_and_odd_spacing_in_netpbm_headers_are_passed_over()
    {
        byte[] file = Encoding.ASCII.GetBytes("P2 # gray\n#another\r\n2\t1 #size\n3\n0 3");
        Assert.Equal([0, 0, 0, 255, 255, 255], Image.Decode(file).Pixels.ToArray());
        Assert.Equal([0, 0, 0, 255, 255, 255], Image.Decode(Encoding.ASCII.GetBytes("P1\n2 1\n10")).Pixels.ToArray());
    }

    [Fact]
    public void Ppm_is_written_as_it_is_read() => Assert.Equal(Picture.Pixels, Image.Decode(Picture.EncodePpm()).Pixels);

    [Fact]
    public void A_file_cut_anywhere_is_refused()
    {
        foreach (byte[] file in new[] { Picture.EncodePpm(), Bitmap(24, 2, 2, [0, 0, 1, 0, 0, 2, 0, 0, 0, 0, 3, 0, 0, 4]), Encoding.ASCII.GetBytes("P3\n2 1\n255\n100 100 100 100 100 100") })
            for (int length = 0; length < file.Length - (file[1] == '3' ? 2 : 0); length++)
                Assert.Throws<ImageFormatException>(() => Image.Decode(file.AsSpan(0, length).ToArray()));
    }

    private static byte[] Bitmap(ushort bits, int width, int height, byte[] pixels)
    {
        byte[] file = new byte[54 + pixels.Length];
        (file[0], file[1], file[10], file[14], file[26]) = ((byte)'B', (byte)'M', 54, 40, 1);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(18), width);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(22), height);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(28), bits);
        pixels.CopyTo(file, 54);
        return file;
    }

    private static void CompareAll(string format, string[] kinds) => Parallel.ForEach(kinds, kind =>
    {
        byte[] file = OutsideProgram.Run("convert", $"ppm:- {kind}-", Pictures.ToPpm(Picture));
        CompareWithImageMagick($"{format}- -colorspace sRGB", file, kind);
    });

    /// <summary>At 16 bits, for at 8 it cuts fractions off instead of rounding: ours must be the nearest level.</summary>
    private static void CompareWithImageMagick(string arguments, byte[] file, string kind)
    {
        byte[] theirs = OutsideProgram.Run("convert", $"{arguments} -endian MSB -depth 16 rgb:-", file);
        Image ours = Image.Decode(file);
        Assert.Equal(2 * ours.Pixels.Length, theirs.Length);
        for (int i = 0; i < ours.Pixels.Length; i++)
        {
            double level = ((theirs[2 * i] << 8) | theirs[2 * i + 1]) / 257.0;
            Assert.True(Math.Abs(level - ours.Pixels[i]) <= 0.51, $"{kind}: sample {i} is {ours.Pixels[i]}, ImageMagick's {level}");
        }
    }
}
