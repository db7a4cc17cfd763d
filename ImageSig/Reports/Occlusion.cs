using ImageSig.Imaging;
using ImageSig.Tensors.Kernels;

namespace ImageSig.Reports;

/// <summary>What of a picture spoke for a class: parts are covered one after the other, and where that makes the class less probable, they spoke for it.</summary>
/// <param name="Columns">Cells beside one another.</param>
/// <param name="Rows">Cells below one another.</param>
/// <param name="Weights">[Rows, Columns]: by how much the log-odds of the class fall when the cell is covered, the mean over the patches that cover it; negative where it spoke against.</param>
/// <remarks>Patches are two cells wide and high, one cell apart, in the picture's mean color. Works for every model, for it asks nothing but answers.
/// Source: Zeiler and Fergus, "Visualizing and understanding convolutional networks", ECCV 2014.</remarks>
internal sealed record Occlusion(int Columns, int Rows, IReadOnlyList<double> Weights)
{
    private const int MaxCells = 8, PatchCells = 2;

    /// <summary>What is added to a probability of 0 so that it has a logarithm.</summary>
    private const double Least = 1e-30;

    /// <summary>Asks the model about the picture with each of some 49 patches.</summary>
    /// <param name="predict">Asks the model.</param>
    /// <param name="image">At the model's size.</param>
    /// <param name="label">The class.</param>
    public static Occlusion Of(Func<Image, Prediction> predict, Image image, int label)
    {
        (int columns, int rows) = (Math.Min(MaxCells, image.Width), Math.Min(MaxCells, image.Height));
        double whole = LogOdds(predict(image), label);
        double[] falls = new double[rows * columns];
        int[] patches = new int[rows * columns];
        byte[] mean = MeanColor(image);
        for (int top = 0; top <= Math.Max(0, rows - PatchCells); top++)
            for (int left = 0; left <= Math.Max(0, columns - PatchCells); left++)
            {
                (int bottom, int right) = (Math.Min(rows, top + PatchCells), Math.Min(columns, left + PatchCells));
                Image covered = image.Clone();
                for (int y = top * image.Height / rows; y < bottom * image.Height / rows; y++)
                    for (int x = left * image.Width / columns; x < right * image.Width / columns; x++)
                        mean.CopyTo(covered.Row(y)[(3 * x)..]);
                double fall = whole - LogOdds(predict(covered), label);
                for (int row = top; row < bottom; row++)
                    for (int column = left; column < right; column++)
                    {
                        falls[(row * columns) + column] += fall;
                        patches[(row * columns) + column]++;
                    }
            }
        return new Occlusion(columns, rows, [.. falls.Zip(patches, (fall, count) => fall / count)]);
    }

    private static double LogOdds(Prediction answer, int label)
    {
        double others = answer.Probabilities.Where((_, index) => index != label).Sum(other => (double)other.Probability);
        return ScalarMath.Log(answer.Probabilities[label].Probability + Least) - ScalarMath.Log(others + Least);
    }

    private static byte[] MeanColor(Image image)
    {
        long[] sums = new long[3];
        for (int i = 0; i < image.Pixels.Length; i++)
            sums[i % 3] += image.Pixels[i];
        long pixels = (long)image.Width * image.Height;
        return [.. sums.Select(sum => (byte)((sum + (pixels / 2)) / pixels))];
    }
}
