namespace ImageSig.Imaging;

public static partial class Resize
{
    /// <summary>Fractional bits of the weights.</summary>
    private const int WeightBits = 22;

    /// <summary>Linear interpolation with antialiasing: each pixel is a mean weighted by a triangle, one source pixel wide to either side when
    /// enlarging, one target pixel wide when shrinking.</summary>
    /// <param name="source">[H, W, 3].</param>
    /// <param name="width">Columns of the result, at least 1.</param>
    /// <param name="height">Rows of the result, at least 1.</param>
    /// <returns>[height, width, 3]; rounded after the columns and again after the rows, as Pillow's BILINEAR is.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A side is below 1.</exception>
    public static Image Bilinear(Image source, int width, int height)
    {
        ArgumentNullException.ThrowIfNull(source);
        Image narrow = Image.Uncleared(width, source.Height);
        foreach (Window window in Windows(source.Width, width))
        {
            for (int y = 0; y < source.Height; y++)
            {
                ReadOnlySpan<byte> row = source.Row(y);
                for (int channel = 0; channel < 3; channel++)
                    narrow.Row(y)[3 * window.Target + channel] = Mean(row[channel..], window, 3);
            }
        }
        Image target = Image.Uncleared(width, height);
        foreach (Window window in Windows(source.Height, height))
            for (int i = 0; i < 3 * width; i++)
                target.Row(window.Target)[i] = Mean(narrow.Pixels[i..], window, 3 * width);
        return target;
    }

    /// <summary>The weighted mean of samples <paramref name="step"/> bytes apart.</summary>
    private static byte Mean(ReadOnlySpan<byte> samples, Window window, int step)
    {
        long sum = 1 << (WeightBits - 1);
        for (int i = 0; i < window.Weights.Length; i++)
            sum += (long)window.Weights[i] * samples[(window.First + i) * step];
        return (byte)Math.Clamp(sum >> WeightBits, 0, 255);
    }

    /// <summary>For each target pixel, the source pixels under its triangle and their weights.</summary>
    private static IEnumerable<Window> Windows(int from, int to)
    {
        double ratio = (double)from / to;
        double reach = Math.Max(ratio, 1);
        for (int target = 0; target < to; target++)
        {
            double center = (target + 0.5) * ratio;
            int first = Math.Max(0, (int)(center - reach + 0.5));
            int end = Math.Min(from, (int)(center + reach + 0.5));
            double[] weights = new double[end - first];
            double total = 0;
            for (int i = 0; i < weights.Length; i++)
                total += weights[i] = Math.Max(0, 1 - Math.Abs(first + i + 0.5 - center) / reach);
            yield return new(target, first, Array.ConvertAll(weights, weight => (int)Math.Floor(weight / total * (1 << WeightBits) + 0.5)));
        }
    }

    private readonly record struct Window(int Target, int First, int[] Weights);
}
