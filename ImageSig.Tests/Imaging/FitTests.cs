using ImageSig.Imaging;

namespace ImageSig.Tests.Imaging;

/// <summary>Other ways to bring a picture to a size.</summary>
public class FitTests
{
    private static readonly Image Picture = Pictures.Photograph(60, 40, 1);

    [Fact]
    public void Stretching_is_area_averaging() =>
        Assert.Equal(Resize.Area(Picture, 20, 20).Pixels, Resize.Fit(Picture, 20, 20, ImageFit.Stretch).Pixels);

    [Fact]
    public void Cropping_takes_the_largest_centered_part() =>
        Assert.Equal(Resize.Area(Resize.Crop(Picture, 10, 0, 40, 40), 20, 20).Pixels, Resize.Fit(Picture, 20, 20, ImageFit.Crop).Pixels);

    [Fact]
    public void A_letterbox_shows_the_whole_picture_between_bars()
    {
        Image boxed = Resize.Fit(Picture, 30, 30, ImageFit.Letterbox, bars: 7);
        Assert.All(boxed.Pixels[..(3 * 30 * 5)].ToArray(), level => Assert.Equal(7, level));
        Assert.Equal(Resize.Area(Picture, 30, 20).Pixels, boxed.Pixels.Slice(3 * 30 * 5, 3 * 30 * 20));
        Assert.All(boxed.Pixels[(3 * 30 * 25)..].ToArray(), level => Assert.Equal(7, level));
    }

    [Fact]
    public void A_picture_that_fits_is_returned_itself() => Assert.Same(Picture, Resize.Fit(Picture, 60, 40, ImageFit.Crop));

    [Fact]
    public void A_rectangle_beyond_the_picture_is_refused()
    {
        ArgumentOutOfRangeException refusal = Assert.Throws<ArgumentOutOfRangeException>(() => Resize.Crop(Picture, 50, 0, 11, 5));
        Assert.Contains("Crop: 11x5 pixels from (50, 0) do not lie inside a picture of 60x40", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Linear_interpolation_agrees_with_its_definition()
    {
        foreach ((int width, int height) in new[] { (60, 40), (17, 40), (17, 9), (150, 90), (1, 1) })
        {
            Image resized = Resize.Bilinear(Picture, width, height);
            for (int y = 0; y < height; y++)
                for (int i = 0; i < 3 * width; i++)
                    Assert.Equal(Slow(i / 3, y, i % 3), resized.Row(y)[i], 1.01);

            double Slow(int x, int y, int channel)
            {
                (double sum, double total) = (0, 0);
                for (int row = 0; row < 40; row++)
                {
                    for (int column = 0; column < 60; column++)
                    {
                        double weight = Triangle(column, x, 60.0 / width) * Triangle(row, y, 40.0 / height);
                        sum += weight * Picture.Row(row)[3 * column + channel];
                        total += weight;
                    }
                }
                return sum / total;
            }
        }
    }

    [Fact]
    public void Linear_interpolation_keeps_an_even_picture()
    {
        Image even = new(13, 7);
        even.Pixels.Fill(201);
        Assert.All(Resize.Bilinear(even, 29, 3).Pixels.ToArray(), level => Assert.Equal(201, level));
    }

    private static double Triangle(int from, int to, double ratio) =>
        Math.Max(0, 1 - Math.Abs(from + 0.5 - (to + 0.5) * ratio) / Math.Max(1, ratio));
}
