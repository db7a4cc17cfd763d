using ImageSig.Imaging;
using ImageSig.Tests.Support;

namespace ImageSig.Tests.Imaging;

/// <summary>Writing JPEG.</summary>
public class JpegEncoderTests
{
    private static readonly (int Width, int Height)[] Sizes = [(1, 1), (8, 8), (15, 17), (33, 17), (131, 67)];

    [ProgramFact("cjpeg", "libjpeg-turbo-progs")]
    public void A_written_file_holds_the_same_levels_as_one_that_cjpeg_writes()
    {
        foreach ((int width, int height) in Sizes)
        {
            Image picture = Pictures.Photograph(width, height, 1);
            foreach (int quality in new[] { 1, 40, 75, 90, 100 })
            {
                foreach (bool halve in new[] { true, false })
                {
                    byte[] theirs = OutsideProgram.Run("cjpeg", $"-dct int -baseline -quality {quality} -sample {(halve ? "2x2" : "1x1")}", Pictures.ToPpm(picture));
                    Difference difference = Difference.Between(Image.Decode(picture.EncodeJpeg(quality, halve), new() { Strict = true }), Image.Decode(theirs));
                    Assert.True(difference.Largest == 0, $"{width}x{height} quality {quality} halved {halve}: {difference}");
                }
            }
        }
    }

    [Fact]
    public void The_best_quality_keeps_every_level_nearly()
    {
        foreach ((int width, int height) in Sizes)
        {
            Image picture = Pictures.Photograph(width, height, 2);
            Difference difference = Difference.Between(picture, Image.Decode(picture.EncodeJpeg(100, halveColor: false)));
            Assert.True(difference is { Mean: < 0.8, Largest: <= 4 }, $"{difference}");
        }
    }

    [Fact]
    public void Lower_quality_gives_smaller_files()
    {
        Image picture = Pictures.Photograph(100, 80, 3);
        int[] lengths = [.. new[] { 10, 30, 50, 70, 90 }.Select(quality => picture.EncodeJpeg(quality).Length)];
        Assert.Equal(lengths.Order(), lengths);
        Assert.True(lengths[0] < lengths[4] / 2);
    }

    [Fact]
    public void Qualities_that_do_not_exist_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Image(1, 1).EncodeJpeg(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Image(1, 1).EncodeJpeg(101));
    }
}
