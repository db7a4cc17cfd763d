using ImageSig.Tensors.Kernels;

namespace ImageSig;

/// <summary>The temperature T that makes confidences honest: <c>p = softmax(scores / T)</c>. It changes no answer, only how sure it sounds.</summary>
/// <remarks>T has the least cross-entropy on images that trained no weight, and is at least 1: networks are trained until they are too sure, and a hundred images that are nearly all right
/// cannot show the contrary. Source: Guo et al., "On calibration of modern neural networks", ICML 2017.</remarks>
internal static class Temperature
{
    /// <summary>What it may be in a file; what is found is at least <see cref="Least"/>.</summary>
    public const float Min = 0.05f, Max = 20, Least = 1;

    private const int Halvings = 40;

    /// <summary>The best temperature for images of known classes.</summary>
    /// <param name="scores">[N, K], before softmax.</param>
    /// <param name="labels">[N], each 0…K − 1.</param>
    public static float Fit(ReadOnlySpan<float> scores, ReadOnlySpan<int> labels)
    {
        // The loss is convex in 1 / T: where it falls with T, the best T is above.
        double low = ScalarMath.Log(Least), high = ScalarMath.Log(Max);
        for (int halving = 0; halving < Halvings; halving++)
        {
            double middle = (low + high) / 2;
            if (Slope(scores, labels, ScalarMath.Exp(-middle)) > 0)
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
