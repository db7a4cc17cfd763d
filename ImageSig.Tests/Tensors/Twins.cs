using ImageSig.Tensors.Autodiff;

namespace ImageSig.Tests.Tensors;

/// <summary>The operations as plain double loops, straight from their formulas.</summary>
internal static partial class Twins
{
    public static double[] Dense(double[] x, double[] w, double[] b, int rows, int inputs, int outputs, bool relu)
    {
        double[] y = new double[rows * outputs];
        for (int i = 0; i < rows; i++)
        {
            for (int o = 0; o < outputs; o++)
            {
                double sum = b[o];
                for (int k = 0; k < inputs; k++)
                    sum += x[i * inputs + k] * w[k * outputs + o];
                y[i * outputs + o] = relu ? Math.Max(sum, 0) : sum;
            }
        }
        return y;
    }

    public static double[] Conv1D(
        double[] x, double[] w, double[] b, int batch, int length, int channels, int kernel, int outputs, Convolution1DOptions options,
        bool relu = true)
    {
        int steps = (length + options.PaddingBefore + options.PaddingAfter - options.Dilation * (kernel - 1) - 1) / options.Stride + 1;
        double[] y = new double[batch * steps * outputs];
        for (int sample = 0; sample < batch; sample++)
        {
            for (int t = 0; t < steps; t++)
            {
                for (int o = 0; o < outputs; o++)
                {
                    double sum = b[o];
                    for (int k = 0; k < kernel; k++)
                    {
                        int at = t * options.Stride + k * options.Dilation - options.PaddingBefore;
                        if (at < 0 || at >= length)
                            continue;
                        for (int c = 0; c < channels; c++)
                            sum += x[(sample * length + at) * channels + c] * w[(k * channels + c) * outputs + o];
                    }
                    y[(sample * steps + t) * outputs + o] = relu ? Math.Max(sum, 0) : sum;
                }
            }
        }
        return y;
    }

    public static double[] MaxPool1D(double[] x, int batch, int length, int channels, int size)
    {
        int windows = length / size;
        double[] y = new double[batch * windows * channels];
        for (int sample = 0; sample < batch; sample++)
            for (int window = 0; window < windows; window++)
                for (int c = 0; c < channels; c++)
                    y[(sample * windows + window) * channels + c] =
                        Enumerable.Range(0, size).Max(k => x[(sample * length + window * size + k) * channels + c]);
        return y;
    }

    public static double Distillation(double[] logits, float[] answers, int classes, double temperature)
    {
        double sum = 0;
        for (int start = 0; start < logits.Length; start += classes)
        {
            double total = logits[start..(start + classes)].Sum(x => Math.Exp(x / temperature));
            for (int c = start; c < start + classes; c++)
                if (answers[c] > 0)
                    sum += answers[c] * Math.Log(answers[c] * total / Math.Exp(logits[c] / temperature));
        }
        return temperature * temperature * sum;
    }

    public static double ClassificationLoss(double[] logits, int[] labels, int classes, double gamma, double smoothing, float[]? weights)
    {
        double sum = 0;
        for (int row = 0; row < labels.Length; row++)
        {
            double[] scores = logits[(row * classes)..((row + 1) * classes)];
            double total = scores.Sum(Math.Exp);
            double loss = 0;
            for (int c = 0; c < classes; c++)
            {
                double chance = Math.Exp(scores[c]) / total;
                double target = (c == labels[row] ? 1 - smoothing : 0) + smoothing / classes;
                loss -= target * Math.Pow(1 - chance, gamma) * Math.Log(chance);
            }
            sum += (weights?[labels[row]] ?? 1) * loss;
        }
        return sum;
    }
}
