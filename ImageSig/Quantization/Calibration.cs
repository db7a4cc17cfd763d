using ImageSig.NN;
using ImageSig.Tensors;

namespace ImageSig.Quantization;

/// <summary>Weights of 8 bits that were rounded with images at hand.</summary>
internal static class Calibration
{
    /// <summary>The most rows of inputs of one layer that are looked at, evenly over all.</summary>
    private const int MaxRows = 4096;

    /// <summary>The most inputs of a layer: the time grows with their cube, to some seconds here.</summary>
    private const int MaxInputs = 2048;

    /// <summary>Rounds the weights of a model, layer by layer, each with the inputs that those before it give when they are rounded already. Weights inside of blocks, and of layers with very many inputs, are left as they are.</summary>
    /// <param name="model">Changed.</param>
    /// <param name="samples">What it takes; the label plays no part.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    public static void Round(Model model, IReadOnlyList<float[]> samples, CancellationToken cancellationToken)
    {
        for (int i = 0; i < model.AllLayers.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Shape input = i == 0 ? model.Input : model.Layers[i - 1].OutputShape;
            if (LayerInputs.Of(model.AllLayers[i], input) is not { Length: <= MaxInputs } inputs || !StoredTensors.IsWeight(inputs.Weight.Shape.ToArray()))
                continue;
            (double[] mean, double[][] covariance) = Measure(model, i, inputs, samples, cancellationToken);
            float[] scales = StoredTensors.ScalesOf(inputs.Weight.Value.Span, inputs.Weight.Shape.Last);
            CompensatedRounding.Round(inputs.Weight.Value.Span, inputs.Bias is { } bias ? bias.Value.Span : [], scales, mean, covariance, cancellationToken);
        }
    }

    /// <summary>Mean and covariance of what comes into a layer; without a bias the mean is taken for 0.</summary>
    private static (double[] Mean, double[][] Covariance) Measure(Model model, int index, LayerInputs inputs, IReadOnlyList<float[]> samples, CancellationToken cancellationToken)
    {
        int length = inputs.Length;
        double[] mean = new double[length], row = new double[length];
        double[][] products = [.. Sequences.Range(0, length).Select(i => new double[length])];
        long all = (long)samples.Count * inputs.Count, rows = Math.Min(all, MaxRows);
        float[]? results = null;
        long sample = -1;
        for (long n = 0; n < rows; n++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            long at = n * all / rows;
            if (at / inputs.Count != sample)
            {
                sample = at / inputs.Count;
                results = model.Results(samples[(int)sample], index);
            }
            inputs.CopyTo(results, (int)(at % inputs.Count), row);
            for (int i = 0; i < length; i++)
            {
                mean[i] += row[i];
                if (row[i] != 0)
                    for (int j = 0; j <= i; j++)
                        products[i][j] += row[i] * row[j];
            }
        }
        for (int i = 0; i < length; i++)
            mean[i] = inputs.Bias is null ? 0 : mean[i] / rows;
        for (int i = 0; i < length; i++)
            for (int j = 0; j <= i; j++)
                products[i][j] = products[i][j] / rows - mean[i] * mean[j];
        return (mean, products);
    }
}
