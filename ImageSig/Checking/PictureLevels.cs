using ImageSig.Imaging;

namespace ImageSig.Checking;

/// <summary>How bright the pixels of a picture are, in levels of luma, 0…255.</summary>
/// <param name="Darkest">The level below which two in a hundred pixels are.</param>
/// <param name="Brightest">The level above which two in a hundred pixels are.</param>
/// <param name="Contrast">The standard deviation.</param>
internal readonly record struct PictureLevels(int Darkest, int Brightest, double Contrast)
{
    private const double LowShare = 0.02;

    private const int DarkBelow = 50, LightAbove = 205;

    /// <summary>Whether even the brightest parts are dark.</summary>
    public bool IsDark => Brightest < DarkBelow;

    /// <summary>Whether even the darkest parts are light.</summary>
    public bool IsLight => Darkest > LightAbove;

    /// <summary>Measures a picture.</summary>
    /// <param name="pixels">[H, W, 3].</param>
    public static PictureLevels Of(ReadOnlySpan<byte> pixels)
    {
        Span<int> histogram = stackalloc int[256];
        for (int i = 0; i + 2 < pixels.Length; i += 3)
            histogram[Color.Luma(pixels[i], pixels[i + 1], pixels[i + 2])]++;
        int count = pixels.Length / 3;
        double sum = 0, squares = 0;
        for (int level = 0; level < histogram.Length; level++)
            (sum, squares) = (sum + ((double)level * histogram[level]), squares + ((double)level * level * histogram[level]));
        return new(Percentile(histogram, LowShare, count), Percentile(histogram, 1 - LowShare, count), Math.Sqrt(Math.Max(0, (squares / count) - (sum / count * (sum / count)))));
    }

    private static int Percentile(ReadOnlySpan<int> histogram, double share, int count)
    {
        int wanted = (int)(share * count);
        int level = 0;
        for (int seen = histogram[0]; seen <= wanted && level < 255; seen += histogram[++level])
        {
        }
        return level;
    }
}
