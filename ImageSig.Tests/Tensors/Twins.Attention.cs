namespace ImageSig.Tests.Tensors;

internal static partial class Twins
{
    public static double[] LayerNorm(double[] x, double[] scale, double[] shift, int rows, int columns, double epsilon)
    {
        double[] y = new double[x.Length];
        for (int i = 0; i < rows; i++)
        {
            double[] row = x[(i * columns)..((i + 1) * columns)];
            double mean = row.Average();
            double variance = row.Average(value => (value - mean) * (value - mean));
            for (int j = 0; j < columns; j++)
                y[i * columns + j] = (row[j] - mean) / Math.Sqrt(variance + epsilon) * scale[j] + shift[j];
        }
        return y;
    }

    public static double[] Attention(double[] q, double[] k, double[] v, int batch, int steps, int heads, int size, bool causal, float[]? mask)
    {
        double[] y = new double[q.Length];
        int At(int sample, int step, int head, int j) => ((sample * steps + step) * heads + head) * size + j;
        for (int sample = 0; sample < batch; sample++)
        {
            for (int head = 0; head < heads; head++)
            {
                for (int i = 0; i < steps; i++)
                {
                    int seen = causal ? i + 1 : steps;
                    double[] scores = [.. Enumerable.Range(0, seen).Select(j =>
                        Enumerable.Range(0, size).Sum(d => q[At(sample, i, head, d)] * k[At(sample, j, head, d)]) / Math.Sqrt(size))];
                    double total = scores.Sum(Math.Exp);
                    for (int j = 0; j < seen; j++)
                    {
                        double factor = mask?[((sample * heads + head) * steps + i) * steps + j] ?? 1;
                        for (int d = 0; d < size; d++)
                            y[At(sample, i, head, d)] += Math.Exp(scores[j]) / total * factor * v[At(sample, j, head, d)];
                    }
                }
            }
        }
        return y;
    }

    public static double[] AttentionPool(double[] scores, double[] values, int batch, int steps, int features)
    {
        double[] y = new double[batch * features];
        for (int sample = 0; sample < batch; sample++)
        {
            double total = Enumerable.Range(0, steps).Sum(t => Math.Exp(scores[sample * steps + t]));
            for (int t = 0; t < steps; t++)
                for (int f = 0; f < features; f++)
                    y[sample * features + f] += Math.Exp(scores[sample * steps + t]) / total * values[(sample * steps + t) * features + f];
        }
        return y;
    }

    public static double[] MatMul(double[] a, double[] b, int batch, int m, int n, int k, bool transposeA, bool transposeB)
    {
        double[] c = new double[batch * m * n];
        for (int s = 0; s < batch; s++)
            for (int i = 0; i < m; i++)
                for (int j = 0; j < n; j++)
                    for (int l = 0; l < k; l++)
                        c[(s * m + i) * n + j] +=
                            a[s * m * k + (transposeA ? l * m + i : i * k + l)] * b[s * k * n + (transposeB ? j * k + l : l * n + j)];
        return c;
    }

    /// <summary>Φ(x) by its power series, in double: exact to 1e-13 for |x| below 6.</summary>
    public static double Normal(double x)
    {
        double term = x;
        double sum = x;
        for (int i = 1; i < 200; i++)
        {
            term *= -x * x / (2 * i);
            sum += term / (2 * i + 1);
        }
        return 0.5 + sum / Math.Sqrt(2 * Math.PI);
    }
}
