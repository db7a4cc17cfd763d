using ImageSig.Tensors.Kernels;

namespace ImageSig;

/// <summary>The temperature T that makes confidences honest: <c>p = softmax(scores / T)</c>. It changes no answer, only how sure it sounds.</summary>
/// <remarks>T has the least cross-entropy, summed over images that trained no weight, weighed against what temperatures of other networks are: <c>ln T</c> of mean and standard deviation 1/4
/// (<c>docs/results.md</c>), since a hundred images that are nearly all right say little. It is at least 1: networks are trained until they are too sure. Source: Guo et al.,
/// "On calibration of modern neural networks", ICML 2017.</remarks>
internal static class Temperature
{
    /// <summary>What it may be in a file; what is found is at least <see cref="Least"/>.</summary>
    public const float Min = 0.05f, Max = 20, Least = 1;

    /// <summary>Mean and standard deviation of ln T before any image was seen.</summary>
    internal const double PriorMean = 0.25, PriorDeviation = 0.25;

    private const int Halvings = 40;

    /// <summary>The best temperature for images of known classes.</summary>
    /// <param name="scores">[N, K], before softmax.</param>
    /// <param name="labels">[N], each 0…K − 1.</param>
    public static float Fit(ReadOnlySpan<float> scores, ReadOnlySpan<int> labels)
    {
        // Where the loss falls with T, the best T is above.
        double low = ScalarMath.Log(Least), high = ScalarMath.Log(Max);
        for (int halving = 0; halving < Halvings; halving++)
        {
            double middle = (low + high) / 2;
            double sharpness = ScalarMath.Exp(-middle);
            if (sharpness * Slope(scores, labels, sharpness) > (middle - PriorMean) / (PriorDeviation * PriorDeviation))
                low = middle;
            else
                high = middle;
        }
        return (float)ScalarMath.Exp((low + high) / 2);
    }

    /// <summary>The derivative of the loss by <paramref name="sharpness"/> = 1 / T: <c>Σ over images of Σₖ pₖ scoreₖ − score of the right class</c>.</summary>
    private static double Slope(ReadOnlySpan<float> scores, ReadOnlySpan<int> labels, double sharpness)
    {
        int classes = scores.Length / labels.Length;
        double slope = 0;
        for (int i = 0; i < labels.Length; i++)
        {
            ReadOnlySpan<float> row = scores.Slice(i * classes, classes);
            double largest = row[0];
            for (int k = 1; k < classes; k++)
                largest = Math.Max(largest, row[k]);
            double total = 0, mean = 0;
            for (int k = 0; k < classes; k++)
            {
                double distance = row[k] - largest;
                double power = ScalarMath.Exp(sharpness * distance);
                total += power;
                mean += power * distance;
            }
            slope += mean / total - (row[labels[i]] - largest);
        }
        return slope;
    }
}
