using System.Numerics;
using ImageSig.Imaging;

namespace ImageSig.Checking;

/// <summary>What is measured of a picture brought to <see cref="Side"/> x <see cref="Side"/>, in levels of luma, 0…255.</summary>
internal sealed class PictureFacts
{
    /// <summary>Pixels of a side: enough to tell sharp from blurred, few enough for a million pictures.</summary>
    public const int Side = 128;

    private const int ThumbnailSide = 32, HashSide = 8;

    /// <summary>Levels below which a difference of two means is noise: where nothing changes, no bit does.</summary>
    private const int HashMargin = 1;

    private readonly byte[] thumbnail;
    private readonly short[] detail;

    /// <summary>Measures a picture.</summary>
    /// <param name="picture">Of <see cref="Side"/> x <see cref="Side"/>.</param>
    public PictureFacts(Image picture)
    {
        byte[] luma = new byte[Side * Side];
        for (int i = 0; i < luma.Length; i++)
            luma[i] = Color.Luma(picture.Pixels[3 * i], picture.Pixels[(3 * i) + 1], picture.Pixels[(3 * i) + 2]);
        Levels = PictureLevels.Of(picture.Pixels);
        Pixels = PictureIndex.Hash(picture.Pixels);
        Sharpness = Texture(luma);
        thumbnail = Shrink(luma, ThumbnailSide, ThumbnailSide);
        detail = WithoutMeans(thumbnail);
        Shape = Gradients(luma);
    }

    /// <summary>How bright its pixels are.</summary>
    public PictureLevels Levels { get; }

    /// <summary>The variance of the discrete Laplacian relative to that of the levels: the share of the finest detail.</summary>
    public double Sharpness { get; }

    /// <summary>A hash of all pixels.</summary>
    public ulong Pixels { get; }

    /// <summary>Where the picture gets brighter to the right (64 bits) and downwards (64 bits) on a grid of 8 x 8: what scaling, recompression and other brightness leave alone.</summary>
    public UInt128 Shape { get; }

    /// <summary>How alike two pictures are: the correlation of their levels on a grid of 32 x 32, −1…1.</summary>
    public double Likeness(PictureFacts other) => Correlation<byte>(thumbnail, other.thumbnail);

    /// <summary>How alike they are in what is left when the means of the grid's rows and columns are taken away: pictures of one camera under one lamp have those in common.</summary>
    public double LikenessOfDetail(PictureFacts other) => Correlation<short>(detail, other.detail);

    private static double Correlation<T>(T[] left, T[] right)
        where T : IBinaryInteger<T>
    {
        double n = left.Length, x = 0, y = 0, xx = 0, yy = 0, xy = 0;
        for (int i = 0; i < left.Length; i++)
        {
            double a = double.CreateTruncating(left[i]), b = double.CreateTruncating(right[i]);
            (x, y, xx, yy, xy) = (x + a, y + b, xx + (a * a), yy + (b * b), xy + (a * b));
        }
        double spread = Math.Sqrt(((n * xx) - (x * x)) * ((n * yy) - (y * y)));
        return spread == 0 ? 0 : ((n * xy) - (x * y)) / spread;
    }

    private static short[] WithoutMeans(byte[] levels)
    {
        double[] rows = new double[ThumbnailSide], columns = new double[ThumbnailSide];
        for (int i = 0; i < levels.Length; i++)
        {
            rows[i / ThumbnailSide] += (double)levels[i] / ThumbnailSide;
            columns[i % ThumbnailSide] += (double)levels[i] / ThumbnailSide;
        }
        double mean = rows.Average();
        return [.. levels.Select((level, i) => (short)Math.Round(level - rows[i / ThumbnailSide] - columns[i % ThumbnailSide] + mean))];
    }

    private static double Texture(byte[] luma)
    {
        double sum = 0, squares = 0, edges = 0;
        foreach (byte level in luma)
            (sum, squares) = (sum + level, squares + (level * level));
        for (int y = 1; y < Side - 1; y++)
            for (int x = 1; x < Side - 1; x++)
            {
                int at = (y * Side) + x;
                double edge = (4 * luma[at]) - luma[at - 1] - luma[at + 1] - luma[at - Side] - luma[at + Side];
                edges += edge * edge;
            }
        double variance = (squares / luma.Length) - (sum / luma.Length * (sum / luma.Length));
        // Rounding to whole levels alone, with a variance of 1/12, gives the sum of the squares of 4, 1, 1, 1 and 1 times that.
        const double Rounding = 20.0 / 12;
        double detail = Math.Max(0, (edges / ((Side - 2) * (Side - 2))) - Rounding);
        return variance < 1 ? 0 : detail / variance;
    }

    private static UInt128 Gradients(byte[] luma)
    {
        byte[] right = Shrink(luma, HashSide + 1, HashSide), down = Shrink(luma, HashSide, HashSide + 1);
        UInt128 bits = 0;
        for (int y = 0; y < HashSide; y++)
            for (int x = 0; x < HashSide; x++)
            {
                int atRight = (y * (HashSide + 1)) + x, atDown = (y * HashSide) + x;
                bits = (bits << 1) | (right[atRight + 1] > right[atRight] + HashMargin ? UInt128.One : UInt128.Zero);
                bits = (bits << 1) | (down[atDown + HashSide] > down[atDown] + HashMargin ? UInt128.One : UInt128.Zero);
            }
        return bits;
    }

    /// <summary>Means of the parts of a grid, whose sides need not divide the picture's.</summary>
    private static byte[] Shrink(byte[] luma, int width, int height)
    {
        byte[] small = new byte[width * height];
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++)
            {
                (int top, int bottom, int left, int end) = (y * Side / height, (y + 1) * Side / height, x * Side / width, (x + 1) * Side / width);
                int sum = 0;
                for (int row = top; row < bottom; row++)
                    for (int column = left; column < end; column++)
                        sum += luma[(row * Side) + column];
                small[(y * width) + x] = (byte)(sum / ((bottom - top) * (end - left)));
            }
        return small;
    }
}
