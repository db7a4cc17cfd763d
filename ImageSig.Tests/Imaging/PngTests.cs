using ImageSig.Imaging;
using ImageSig.Tests.Support;

namespace ImageSig.Tests.Imaging;

/// <summary>Reading and writing PNG.</summary>
public class PngTests
{
    [Fact]
    public void Decoding_again_allocates_the_picture_and_less_than_four_kilobytes()
    {
        foreach ((int width, int height) in new[] { (64, 64), (640, 480) })
        {
            byte[] file = Pictures.Photograph(width, height, seed: 1).EncodePng();
            Assert.InRange(Cost.UsualBytes(() => Image.Decode(file)), 3 * width * height, 3 * width * height + 4096);
        }
    }

    [Fact]
    public void Writing_and_reading_gives_the_pixels_back()
    {
        foreach ((int width, int height) in new[] { (1, 1), (2, 5), (17, 3), (64, 64), (301, 40) })
        {
            foreach (Image image in new[] { Pictures.Photograph(width, height, 3), Pictures.Noise(width, height, 4), new Image(width, height) })
                Assert.Equal(image.Pixels, Image.Decode(image.EncodePng()).Pixels);
        }
    }

    [Fact]
    public void Saving_leaves_one_whole_file_and_nothing_beside_it()
    {
        using TemporaryFolder folder = new();
        Image image = Pictures.Photograph(20, 10, 1);
        image.SavePng(folder["a.png"]);
        image.SavePng(folder["a.png"]);
        Assert.Equal([folder["a.png"]], Directory.GetFiles(folder.Path));
        Assert.Equal(image.Pixels, Image.Load(folder["a.png"]).Pixels);
    }

    [Fact]
    public void A_changed_byte_anywhere_is_noticed()
    {
        byte[] file = Pictures.Photograph(9, 7, 2).EncodePng();
        for (int i = 0; i < file.Length; i++)
        {
            byte[] changed = [.. file];
            changed[i] ^= 0x55;
            Assert.Throws<ImageFormatException>(() => Image.Decode(changed));
        }
    }

    [ProgramFact("convert", "imagemagick")]
    public void Files_of_every_kind_read_as_ImageMagick_reads_them()
    {
        byte[] ppm = Pictures.ToPpm(Pictures.Photograph(37, 21, 5));
        string[] kinds =
        [
            "-define png:color-type=0 -define png:bit-depth=1 -colorspace Gray -monochrome", "-define png:color-type=0 -define png:bit-depth=2 -colorspace Gray -depth 2",
            "-define png:color-type=0 -define png:bit-depth=4 -colorspace Gray -depth 4", "-define png:color-type=0 -define png:bit-depth=8 -colorspace Gray",
            "-define png:color-type=0 -define png:bit-depth=16 -colorspace Gray -evaluate multiply 0.777", "-define png:color-type=2 -define png:bit-depth=8",
            "-define png:color-type=2 -define png:bit-depth=16 -evaluate multiply 0.777", "-colors 2 -define png:color-type=3 -define png:bit-depth=1",
            "-colors 4 -define png:color-type=3 -define png:bit-depth=2", "-colors 16 -define png:color-type=3 -define png:bit-depth=4",
            "-colors 200 -define png:color-type=3 -define png:bit-depth=8",
        ];
        Parallel.ForEach(kinds.SelectMany(kind => new[] { kind, kind + " -interlace PNG" }), kind =>
        {
            byte[] png = OutsideProgram.Run("convert", $"ppm:- {kind} png:-", ppm);
            Image theirs = Pictures.FromPnm(OutsideProgram.Run("convert", "png:- -colorspace sRGB -depth 8 ppm:-", png));
            Difference difference = Difference.Between(Image.Decode(png), theirs);
            Assert.True(difference.Largest == 0, $"{kind}: {difference}");
        });
    }

    [ProgramFact("convert", "imagemagick")]
    public void Transparency_is_laid_over_white()
    {
        byte[] ppm = Pictures.ToPpm(Pictures.Photograph(37, 21, 5));
        foreach (string kind in new[] { "-define png:color-type=6 -define png:bit-depth=8", "-colorspace Gray -define png:color-type=4 -define png:bit-depth=8", "-colorspace Gray -define png:color-type=4 -define png:bit-depth=16", "-define png:color-type=6 -define png:bit-depth=16" })
        {
            byte[] png = OutsideProgram.Run("convert", $"ppm:- -alpha set -channel A -fx i/w +channel {kind} png:-", ppm);
            // 16 bits, for at 8 it cuts fractions off instead of rounding.
            byte[] theirs = OutsideProgram.Run("convert", "png:- -background white -flatten -colorspace sRGB -endian MSB -depth 16 rgb:-", png);
            Image ours = Image.Decode(png);
            for (int i = 0; i < ours.Pixels.Length; i++)
                Assert.Equal(((theirs[2 * i] << 8) | theirs[2 * i + 1]) / 257.0, ours.Pixels[i], 0.51);
        }
    }

    [Fact]
    public void The_color_that_is_not_to_be_seen_becomes_white()
    {
        byte[] gray = PngSamples.Write(3, 1, depth: 2, color: 0, interlace: 0, rows: [0, 0b01_10_11_00], palette: [], transparency: [0, 2]);
        Assert.Equal([85, 85, 85, 255, 255, 255, 255, 255, 255], Image.Decode(gray).Pixels.ToArray());
        byte[] rgb = PngSamples.Write(2, 1, depth: 8, color: 2, interlace: 0, rows: [0, 1, 2, 3, 1, 2, 4], palette: [], transparency: [0, 1, 0, 2, 0, 3]);
        Assert.Equal([255, 255, 255, 1, 2, 4], Image.Decode(rgb).Pixels.ToArray());
        byte[] wide = PngSamples.Write(2, 1, depth: 16, color: 0, interlace: 0, rows: [0, 1, 2, 1, 3], palette: [], transparency: [1, 2]);
        Assert.Equal([255, 255, 255, 1, 1, 1], Image.Decode(wide).Pixels.ToArray());
        byte[] palette = PngSamples.Write(3, 1, depth: 8, color: 3, interlace: 0, rows: [0, 0, 1, 2], palette: [10, 20, 30, 10, 20, 30, 10, 20, 30], transparency: [0, 51]);
        Assert.Equal([255, 255, 255, 206, 208, 210, 10, 20, 30], Image.Decode(palette).Pixels.ToArray());
    }
}
