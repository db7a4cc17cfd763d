using ImageSig.Imaging;
using ImageSig.Tests.Support;

namespace ImageSig.Tests.Imaging;

/// <summary>Decoding at a part of the size.</summary>
public class ScaledJpegTests
{
    [ProgramFact("cjpeg", "libjpeg-turbo-progs")]
    public void Scaled_decodes_give_the_same_levels_as_djpeg()
    {
        (int, int)[] sizes = [(1, 1), (5, 4), (8, 8), (15, 17), (33, 17), (100, 3), (131, 67)];
        string[] kinds = ["-sample 1x1", "-sample 2x1", "-sample 2x2", "-sample 1x2", "-sample 4x1", "-sample 4x2", "-grayscale", "-rgb", "-sample 2x2 -progressive", "-sample 2x1 -progressive -restart 2B"];
        Parallel.ForEach(from size in sizes from kind in kinds select (size, kind), one =>
        {
            ((int width, int height), string kind) = one;
            byte[] file = OutsideProgram.Run("cjpeg", $"-quality 85 {kind}", Pictures.ToPpm(Pictures.Photograph(width, height, seed: width)));
            foreach (int scale in new[] { 2, 4, 8 })
            {
                Image theirs = Pictures.FromPnm(OutsideProgram.Run("djpeg", $"-dct int -scale 1/{scale}", file));
                Difference difference = Difference.Between(Image.Decode(file, new() { Strict = true, Scale = scale }), theirs);
                Assert.True(difference.Largest == 0, $"{one}, 1/{scale}: {difference}");
            }
        });
    }

    [Fact]
    public void A_scaled_decode_is_near_the_mean_of_the_whole_one()
    {
        foreach ((string name, byte[] file) in Samples.Jpegs.Where(sample => sample.Name is "444" or "gray" or "quality-100" or "progressive-444"))
        {
            Image whole = Image.Decode(file);
            Image cropped = new(16, 8);
            for (int y = 0; y < 8; y++)
                whole.Row(y)[..48].CopyTo(cropped.Row(y));
            foreach (int scale in new[] { 2, 4, 8 })
            {
                Image mean = Resize.Area(cropped, 16 / scale, 8 / scale);
                Image scaled = Image.Decode(file, new() { Scale = scale });
                for (int y = 0; y < mean.Height; y++)
                    for (int x = 0; x < 3 * mean.Width; x++)
                        Assert.True(Math.Abs(mean.Row(y)[x] - scaled.Row(y)[x]) <= 12, $"{name} 1/{scale}: {mean.Row(y)[x]} {scaled.Row(y)[x]}");
            }
        }
    }

    [Theory]
    [InlineData(640, 480, 64, 64, 4)]
    [InlineData(640, 480, 80, 60, 8)]
    [InlineData(640, 480, 81, 60, 4)]
    [InlineData(640, 480, 320, 64, 2)]
    [InlineData(640, 480, 64, 400, 1)]
    [InlineData(32, 32, 64, 64, 1)]
    [InlineData(505, 505, 64, 64, 8)]
    public void The_smallest_scale_no_smaller_than_what_is_needed_is_chosen(int width, int height, int neededWidth, int neededHeight, int scale) =>
        Assert.Equal(scale, new DecodeOptions { NeededSize = (neededWidth, neededHeight) }.ScaleFor(width, height));

    [Theory]
    [InlineData(ImageFit.Stretch, 1280, 960, 64, 64, 8)]
    [InlineData(ImageFit.Stretch, 640, 480, 64, 64, 4)]
    [InlineData(ImageFit.Stretch, 2000, 120, 64, 64, 1)]
    [InlineData(ImageFit.Crop, 1280, 960, 64, 64, 8)]
    [InlineData(ImageFit.Crop, 640, 480, 64, 64, 4)]
    [InlineData(ImageFit.Crop, 640, 480, 64, 16, 8)]
    [InlineData(ImageFit.Crop, 480, 640, 96, 64, 4)]
    [InlineData(ImageFit.Letterbox, 640, 480, 64, 64, 8)]
    [InlineData(ImageFit.Letterbox, 2000, 120, 64, 64, 8)]
    [InlineData(ImageFit.Letterbox, 2000, 120, 300, 64, 4)]
    [InlineData(ImageFit.Letterbox, 60, 40, 64, 64, 1)]
    public void The_scale_is_the_smallest_from_which_fitting_only_shrinks(ImageFit fit, int width, int height, int neededWidth, int neededHeight, int scale)
    {
        Assert.Equal(scale, new DecodeOptions { NeededSize = (neededWidth, neededHeight), NeededFit = fit }.ScaleFor(width, height));
        Assert.Equal(scale, new DecodeOptions { NeededSize = (neededHeight, neededWidth), NeededFit = fit }.ScaleFor(width, height, turned: true));
    }

    [Fact]
    public void For_every_size_the_chosen_scale_shrinks_and_the_next_smaller_one_would_enlarge()
    {
        (int Width, int Height) needed = (6, 4);
        foreach (ImageFit fit in Enum.GetValues<ImageFit>())
            for (int width = 1; width <= 70; width++)
                for (int height = 1; height <= 70; height++)
                {
                    int scale = new DecodeOptions { NeededSize = needed, NeededFit = fit }.ScaleFor(width, height);
                    Assert.True(scale == 1 || Shrinks(scale), $"{fit} {width}x{height} at 1/{scale}");
                    Assert.False(scale < 8 && Shrinks(2 * scale), $"{fit} {width}x{height} at 1/{scale}");

                    bool Shrinks(int divisor)
                    {
                        (int columns, int rows) = ((width + divisor - 1) / divisor, (height + divisor - 1) / divisor);
                        double enlarged = fit switch
                        {
                            ImageFit.Letterbox => Math.Min((double)needed.Width / columns, (double)needed.Height / rows),
                            ImageFit.Crop => Math.Max((double)needed.Width / Cropped().Width, (double)needed.Height / Cropped().Height),
                            _ => Math.Max((double)needed.Width / columns, (double)needed.Height / rows),
                        };
                        return enlarged <= 1;

                        Image Cropped() => Resize.CropToAspect(new Image(columns, rows), needed.Width, needed.Height);
                    }
                }
    }

    [Fact]
    public void A_cut_file_is_refused_at_every_scale_where_damage_is()
    {
        foreach ((string name, byte[] file) in Samples.Jpegs)
            foreach (int scale in new[] { 1, 2, 4, 8 })
                foreach (int length in new[] { file.Length / 2, file.Length * 7 / 8, file.Length - 3 })
                    Assert.True(
                        Record.Exception(() => Image.Decode(file.AsSpan(0, length), new() { Strict = true, Scale = scale })) is ImageFormatException,
                        $"{name}, {length} of {file.Length} bytes at 1/{scale}");
    }

    [Fact]
    public void The_needed_size_is_that_of_the_upright_picture()
    {
        byte[] file = OrientationTests.WithOrientation(Samples.Jpegs.First(sample => sample.Name == "420").File, 6, little: true);
        foreach (((int, int) needed, (int, int) given) in new[] { ((5, 9), (5, 9)), ((6, 9), (9, 17)), ((9, 5), (9, 17)), ((17, 1), (17, 33)) })
        {
            Image image = Image.Decode(file, new() { NeededSize = needed });
            Assert.Equal(given, (image.Width, image.Height));
        }
    }
}
