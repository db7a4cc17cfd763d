using ImageSig.Imaging;
using ImageSig.Tests.Support;

namespace ImageSig.Tests.Imaging;

/// <summary>Area averaging, against the plain sum over all pairs of cells.</summary>
public class ResizeTests
{
    [Fact]
    public void A_pixel_is_the_mean_of_the_area_it_covers()
    {
        int[] sides = [1, 2, 3, 7, 16, 21, 64];
        foreach (int from in sides)
        {
            foreach (int to in sides)
            {
                Image source = Pictures.Noise(from, 65 - from, seed: from);
                Assert.Equal(Slow(source, to, 33).Pixels, Resize.Area(source, to, 33).Pixels);
            }
        }
    }

    [PythonFact("cv2", "python3-opencv")]
    public void Shrinking_is_within_a_level_of_OpenCV()
    {
        using TemporaryFolder folder = new();
        Random random = new(5);
        for (int pair = 0; pair < 60; pair++)
        {
            // Whole ratios and the models' size have their own code in OpenCV.
            (int columns, int rows) = pair % 3 == 0 ? (64, 64) : (random.Next(1, 100), random.Next(1, 100));
            (int width, int height) = pair % 2 == 0
                ? (columns * random.Next(1, 6), rows * random.Next(1, 6))
                : (columns + random.Next(300), rows + random.Next(300));
            Image source = Pictures.Noise(width, height, seed: pair);
            source.SavePpm(folder[$"{pair}.ppm"]);
            Resize.Area(source, columns, rows).SavePpm(folder[$"{pair}-ours.ppm"]);
        }
        string printed = PythonFactAttribute.Run($$"""
            import cv2
            for pair in range(60):
                source, ours = (cv2.imread(f'{{folder.Path}}/{pair}{ending}.ppm') for ending in ('', '-ours'))
                theirs = cv2.resize(source, ours.shape[1::-1], interpolation=cv2.INTER_AREA)
                print(cv2.absdiff(ours, theirs).max())
            """);
        Assert.Equal(60, printed.Split('\n').Count(largest => largest is "0" or "1"));
    }

    [Fact]
    public void The_same_size_gives_the_same_picture()
    {
        Image source = Pictures.Noise(31, 17, 1);
        Assert.Equal(source.Pixels, Resize.Area(source, 31, 17).Pixels);
    }

    [Fact]
    public void The_mean_of_the_picture_is_kept()
    {
        Image source = Pictures.Photograph(640, 479, 1);
        foreach ((int width, int height) in new[] { (64, 64), (1, 1), (100, 30), (700, 500) })
            Assert.Equal(Mean(source), Mean(Resize.Area(source, width, height)), 0.51);
    }

    [Fact]
    public void A_picture_one_pixel_high_and_very_wide_can_be_shrunk()
    {
        Image source = new(300_000, 1);
        source.Pixels.Fill(255);
        Assert.All(Resize.Area(source, 7, 7).Pixels.ToArray(), level => Assert.Equal(255, level));
    }

    [Fact]
    public void A_very_high_white_picture_stays_white()
    {
        foreach (int height in new[] { 256, 257, 258, 514, 515, 1000 })
        {
            Image source = new(11, height * 2 + 1);
            source.Pixels.Fill(255);
            Assert.All(Resize.Area(source, 3, 2).Pixels.ToArray(), level => Assert.Equal(255, level));
        }
    }

    private static double Mean(Image image) => image.Pixels.ToArray().Average(level => (double)level);

    /// <summary>The definition: exact sums of overlap times level, in whole numbers.</summary>
    private static Image Slow(Image source, int width, int height)
    {
        Image target = new(width, height);
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < 3 * width; x++)
            {
                Int128 sum = 0;
                for (int row = 0; row < source.Height; row++)
                    for (int column = 0; column < source.Width; column++)
                        sum += Overlap(row, y, source.Height, height) * Overlap(column, x / 3, source.Width, width) * source.Row(row)[3 * column + x % 3];
                Int128 area = source.Width * source.Height;
                target.Row(y)[x] = (byte)((sum + area / 2) / area);
            }
        }
        return target;
    }

    private static Int128 Overlap(int from, int to, int fromSize, int toSize) =>
        Math.Max(0, Math.Min((from + 1) * toSize, (to + 1) * fromSize) - Math.Max(from * toSize, to * fromSize));
}
