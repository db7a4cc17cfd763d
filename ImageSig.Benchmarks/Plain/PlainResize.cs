using ImageSig.Imaging;

namespace ImageSig.Benchmarks.Plain;

/// <summary>Area averaging of pictures whose sides are multiples of the wanted ones.</summary>
internal static class PlainResize
{
    /// <summary>[height, width, 3] in 0…1, each number the mean of the levels that it covers, rounded to a level.</summary>
    public static void Area(Image picture, int width, int height, Span<float> result)
    {
        (int across, int down) = (picture.Width / width, picture.Height / height);
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++)
                for (int color = 0; color < 3; color++)
                {
                    int sum = 0;
                    for (int row = y * down; row < (y + 1) * down; row++)
                        for (int column = x * across; column < (x + 1) * across; column++)
                            sum += picture.Pixels[(row * picture.Width + column) * 3 + color];
                    result[(y * width + x) * 3 + color] = (sum + across * down / 2) / (across * down) / 255f;
                }
    }
}
