using ImageSig.Imaging;

namespace ImageSig.Tests.Imaging;

/// <summary>Changed copies of pictures.</summary>
public class AugmentationTests
{
    private static readonly Image Picture = Pictures.Photograph(23, 14, 1);

    [Fact]
    public void A_flip_done_twice_gives_the_picture_back()
    {
        Assert.Equal(Picture.Pixels, Augmentation.FlipHorizontal(Augmentation.FlipHorizontal(Picture)).Pixels);
        Assert.Equal(Picture.Pixels, Augmentation.FlipVertical(Augmentation.FlipVertical(Picture)).Pixels);
    }

    [Fact]
    public void A_flip_moves_each_pixel_to_the_other_side()
    {
        Assert.Equal(Picture.Row(3)[..3], Augmentation.FlipHorizontal(Picture).Row(3)[^3..]);
        Assert.Equal(Picture.Row(3), Augmentation.FlipVertical(Picture).Row(Picture.Height - 4));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(3, -2)]
    [InlineData(-22, 13)]
    [InlineData(100, -100)]
    public void A_shift_moves_each_pixel_and_mirrors_at_the_edge(int right, int down)
    {
        Image shifted = Augmentation.Shift(Picture, right, down);
        for (int y = 0; y < Picture.Height; y++)
            for (int x = 0; x < Picture.Width; x++)
                Assert.Equal(
                    Picture.Row(Mirrored(y - down, Picture.Height)).Slice(3 * Mirrored(x - right, Picture.Width), 3), shifted.Row(y).Slice(3 * x, 3));

        static int Mirrored(int place, int size)
        {
            while (place < 0 || place >= size)
                place = place < 0 ? -place : 2 * (size - 1) - place;
            return place;
        }
    }

    [Fact]
    public void Brightening_raises_the_largest_channel_by_the_value_and_clips()
    {
        foreach (int value in new[] { -60, 0, 40, 80, 300 })
        {
            Image brighter = Augmentation.Brighten(Picture, value);
            for (int i = 0; i < Picture.Pixels.Length; i += 3)
                Assert.Equal(Math.Clamp(Largest(Picture, i) + value, 0, 255), Largest(brighter, i));
        }
    }

    [Fact]
    public void Brightening_keeps_hue_and_saturation()
    {
        Image brighter = Augmentation.Brighten(Picture, 40);
        for (int i = 0; i < Picture.Pixels.Length; i++)
        {
            int pixel = i - i % 3;
            double before = (double)Picture.Pixels[i] / Largest(Picture, pixel);
            double after = (double)brighter.Pixels[i] / Largest(brighter, pixel);
            Assert.Equal(before, after, 0.5 / Largest(brighter, pixel) + 1e-9);
        }
    }

    [Fact]
    public void Black_becomes_gray() => Assert.All(Augmentation.Brighten(new Image(2, 2), 40).Pixels.ToArray(), level => Assert.Equal(40, level));

    private static int Largest(Image image, int i) => Math.Max(image.Pixels[i], Math.Max(image.Pixels[i + 1], image.Pixels[i + 2]));
}
