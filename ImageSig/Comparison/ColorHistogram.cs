using ImageSig.Imaging;

namespace ImageSig.Comparison;

/// <summary>How often colors occur in a picture: 8 levels of each channel, together 512 bins; the square root of each share, so that the
/// distance of two histograms is Hellinger's.</summary>
internal static class ColorHistogram
{
    private const int Levels = 8;

    /// <summary>F: bins.</summary>
    public const int Bins = Levels * Levels * Levels;

    /// <summary>[F], of length 1.</summary>
    public static float[] Of(Image image)
    {
        int[] counts = new int[Bins];
        ReadOnlySpan<byte> pixels = image.Pixels;
        for (int i = 0; i < pixels.Length; i += 3)
            counts[((pixels[i] * Levels / 256 * Levels) + (pixels[i + 1] * Levels / 256)) * Levels + (pixels[i + 2] * Levels / 256)]++;
        float total = image.Width * image.Height;
        return [.. counts.Select(count => MathF.Sqrt(count / total))];
    }
}
