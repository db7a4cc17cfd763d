namespace ImageSig.Tests.Tensors;

internal static partial class Twins
{
    /// <summary>One number for all that share the other indices.</summary>
    public static double[] Along(double[] x, int[] sizes, int dimension, Func<IEnumerable<double>, double> reduce)
    {
        int inner = sizes[(dimension + 1)..].Aggregate(1, (a, b) => a * b);
        int length = sizes[dimension];
        List<double> y = [];
        for (int outer = 0; outer < x.Length / inner / length; outer++)
            for (int j = 0; j < inner; j++)
                y.Add(reduce(Enumerable.Range(0, length).Select(k => x[(outer * length + k) * inner + j])));
        return [.. y];
    }

    public static double[] Softmax(double[] row)
    {
        double total = row.Sum(Math.Exp);
        return [.. row.Select(value => Math.Exp(value) / total)];
    }

    /// <summary>x is [batch, positions, channels].</summary>
    public static double[] GroupNorm(
        double[] x, double[] scale, double[] shift, int batch, int positions, int channels, int groups, double epsilon)
    {
        double[] y = new double[x.Length];
        int width = channels / groups;
        for (int sample = 0; sample < batch; sample++)
        {
            for (int part = 0; part < groups; part++)
            {
                int[] members =
                [
                    .. from t in Enumerable.Range(0, positions) from c in Enumerable.Range(part * width, width) select (sample * positions + t) * channels + c,
                ];
                double mean = members.Average(i => x[i]);
                double variance = members.Average(i => (x[i] - mean) * (x[i] - mean));
                foreach (int i in members)
                    y[i] = (x[i] - mean) / Math.Sqrt(variance + epsilon) * scale[i % channels] + shift[i % channels];
            }
        }
        return y;
    }

    public static double BinaryCrossEntropy(double[] logits, float[] targets, int questions, float[]? yesWeights)
    {
        double sum = 0;
        for (int i = 0; i < logits.Length; i++)
        {
            double chance = 1 / (1 + Math.Exp(-logits[i]));
            sum -= (yesWeights?[i % questions] ?? 1) * targets[i] * Math.Log(chance) + (1 - targets[i]) * Math.Log(1 - chance);
        }
        return sum / questions;
    }
}
