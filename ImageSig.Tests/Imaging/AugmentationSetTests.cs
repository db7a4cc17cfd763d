using ImageSig.Imaging;

namespace ImageSig.Tests.Imaging;

/// <summary>Augmentations with chance in them, and their names.</summary>
public class AugmentationSetTests
{
    private static readonly Image Picture = Pictures.Photograph(41, 30, 1);

    [Fact]
    public void Every_name_gives_a_changed_picture_of_the_same_size_and_leaves_the_original()
    {
        byte[] before = Picture.Pixels.ToArray();
        foreach (string name in AugmentationSet.Names)
        {
            Image copy = AugmentationSet.Apply(name, Picture, seed: 5);
            Assert.Equal((41, 30), (copy.Width, copy.Height));
            Assert.NotEqual(before, copy.Pixels.ToArray());
            Assert.Equal(before, Picture.Pixels.ToArray());
        }
    }

    [Fact]
    public void The_seed_alone_decides()
    {
        foreach (string name in new[] { "noise", "contrast", "jitter", "rotate", "crop", "saltpepper", "cutout" })
        {
            Assert.Equal(AugmentationSet.Apply(name, Picture, 1).Pixels, AugmentationSet.Apply(name, Picture, 1).Pixels);
            Assert.NotEqual(AugmentationSet.Apply(name, Picture, 1).Pixels.ToArray(), AugmentationSet.Apply(name, Picture, 2).Pixels.ToArray());
        }
    }

    [Fact]
    public void An_unknown_name_is_refused_with_the_known_ones()
    {
        ArgumentException refusal = Assert.Throws<ArgumentException>(() => AugmentationSet.Apply("blur", Picture, 0));
        Assert.StartsWith("Augmentation: \"blur\" is not known; the names are hflip, vflip", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_quarter_turn_of_a_square_moves_every_pixel_exactly()
    {
        foreach (int size in new[] { 8, 9 })
        {
            Image square = Pictures.Noise(size, size, 1);
            Image turned = Augmentation.Rotate(square, 90);
            for (int y = 0; y < size; y++)
                for (int x = 0; x < size; x++)
                    Assert.Equal(square.Row(x).Slice(3 * (size - 1 - y), 3), turned.Row(y).Slice(3 * x, 3));
            Assert.Equal(square.Pixels, Augmentation.Rotate(Augmentation.Rotate(turned, 90), 180).Pixels);
            Assert.Equal(square.Pixels, Augmentation.Rotate(square, 0).Pixels);
        }
    }

    [Fact]
    public void A_half_turn_is_both_flips() =>
        Assert.Equal(Augmentation.FlipVertical(Augmentation.FlipHorizontal(Picture)).Pixels, Augmentation.Rotate(Picture, -180).Pixels);

    [Fact]
    public void Turning_a_slope_moves_it_as_geometry_says()
    {
        // Levels rise by 2 a column; along a turned axis they rise by 2 cos 30.
        Image slope = new(64, 64);
        for (int i = 0; i < slope.Pixels.Length; i++)
            slope.Pixels[i] = (byte)(2 * (i / 3 % 64) + 60);
        Image turned = Augmentation.Rotate(slope, 30);
        for (int y = 20; y < 44; y++)
            for (int x = 20; x < 44; x++)
                Assert.Equal(60 + 2 * (31.5 + Math.Cos(Math.PI / 6) * (x - 31.5) - 0.5 * (y - 31.5)), turned.Row(y)[3 * x], 0.6);
    }

    [Fact]
    public void Noise_has_the_mean_and_deviation_that_were_asked_for()
    {
        Image gray = new(200, 200);
        gray.Pixels.Fill(128);
        double[] levels = [.. Augmentation.GaussianNoise(gray, 10, 3).Pixels.ToArray().Select(level => level - 128.0)];
        Assert.Equal(0, levels.Average(), 0.2);
        Assert.Equal(10, Math.Sqrt(levels.Average(level => level * level)), 0.2);
        Assert.Equal(0.0455, levels.Count(level => Math.Abs(level) > 20) / (double)levels.Length, 0.01);
    }

    [Fact]
    public void Salt_and_pepper_touch_the_share_that_was_asked_for()
    {
        Image gray = new(200, 200);
        gray.Pixels.Fill(128);
        byte[] levels = Augmentation.SaltAndPepper(gray, 0.1, 3).Pixels.ToArray();
        Assert.Equal(0.05, levels.Count(level => level == 0) / (double)levels.Length, 0.01);
        Assert.Equal(0.05, levels.Count(level => level == 255) / (double)levels.Length, 0.01);
    }

    [Fact]
    public void Contrast_one_keeps_the_picture_and_zero_makes_it_even()
    {
        Assert.Equal(Picture.Pixels, Augmentation.Contrast(Picture, 1).Pixels);
        Assert.Single(Augmentation.Contrast(Picture, 0).Pixels.ToArray().Distinct());
    }

    [Fact]
    public void Colors_survive_the_way_to_hsv_and_back()
    {
        for (int red = 0; red < 256; red += 5)
            for (int green = 0; green < 256; green += 5)
                for (int blue = 0; blue < 256; blue += 5)
                {
                    (float hue, float saturation, float value) = Color.ToHsv((byte)red, (byte)green, (byte)blue);
                    Assert.Equal(((byte)red, (byte)green, (byte)blue), Color.FromHsv(hue, saturation, value));
                }
    }

    [Theory]
    [InlineData(255, 0, 0, 0)]
    [InlineData(255, 255, 0, 60)]
    [InlineData(0, 255, 0, 120)]
    [InlineData(0, 0, 255, 240)]
    [InlineData(255, 0, 255, 300)]
    public void Pure_colors_stand_at_their_angles(byte red, byte green, byte blue, float hue) =>
        Assert.Equal((hue, 1f, 1f), Color.ToHsv(red, green, blue));
}
