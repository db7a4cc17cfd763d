namespace ImageSig.NN;

/// <summary>Batch normalizations as part of the convolutions beside them. With the running averages a normalization is
/// <c>y = factor · x + offset</c> per channel, and a convolution takes that in before or behind itself.</summary>
/// <remarks>In double, rounded once at the end of each normalization.</remarks>
internal static class BatchNormFolding
{
    /// <summary>Sets the weights of <paramref name="folded"/>, which are those of <paramref name="trained"/> without normalizations.</summary>
    public static void Fold(IReadOnlyList<Layer> trained, IReadOnlyList<Layer> folded)
    {
        Dictionary<string, Conv2D> convolutions = folded.OfType<Conv2D>().ToDictionary(layer => layer.Name);
        foreach (Layer layer in folded)
            Copy(trained.First(other => other.Name == layer.Name), layer);
        for (int i = 0; i < trained.Count; i++)
        {
            if (trained[i] is not BatchNorm norm)
                continue;
            (double[] factor, double[] offset) = Line(norm);
            if (i > 0 && trained[i - 1] is Conv2D before)
                FoldBehind(convolutions[before.Name], factor, offset);
            else if (i + 1 < trained.Count && trained[i + 1] is Conv2D { IsPointwise: true } behind)
                FoldBefore(convolutions[behind.Name], factor, offset);
            else
                throw new InvalidOperationException($"{norm.Name}: no convolution stands beside it that could take it in.");
        }
    }

    private static void Copy(Layer from, Layer to)
    {
        foreach (Tensors.Parameter parameter in to.Parameters)
            from.Parameters.FirstOrDefault(other => other.Name == parameter.Name)?.Value.Span.CopyTo(parameter.Value.Span);
    }

    /// <summary>Factor and offset of each channel.</summary>
    public static (double[] Factor, double[] Offset) Line(BatchNorm norm)
    {
        double[] factor = new double[norm.Scale.Count];
        double[] offset = new double[norm.Scale.Count];
        for (int c = 0; c < factor.Length; c++)
        {
            factor[c] = norm.Scale.Value.Span[c] / Math.Sqrt((double)norm.RunningVariance.Value.Span[c] + BatchNorm.Epsilon);
            offset[c] = norm.Shift.Value.Span[c] - factor[c] * norm.RunningMean.Value.Span[c];
        }
        return (factor, offset);
    }

    /// <summary><c>factor · (x W + b) + offset = x (W · factor) + (factor · b + offset)</c>, per output.</summary>
    private static void FoldBehind(Conv2D convolution, double[] factor, double[] offset)
    {
        Span<float> weight = convolution.Weight.Value.Span;
        Span<float> bias = convolution.Bias!.Value.Span;
        for (int i = 0; i < weight.Length; i++)
            weight[i] = (float)(weight[i] * factor[i % factor.Length]);
        for (int o = 0; o < bias.Length; o++)
            bias[o] = (float)(factor[o] * bias[o] + offset[o]);
    }

    /// <summary><c>(factor · x + offset) W + b = x (factor · W) + (offset W + b)</c>, per input. Only where no padding is read as zero.</summary>
    private static void FoldBefore(Conv2D convolution, double[] factor, double[] offset)
    {
        Span<float> weight = convolution.Weight.Value.Span;
        Span<float> bias = convolution.Bias!.Value.Span;
        for (int o = 0; o < bias.Length; o++)
        {
            double sum = bias[o];
            for (int c = 0; c < factor.Length; c++)
            {
                ref float value = ref weight[c * bias.Length + o];
                sum += offset[c] * value;
                value = (float)(factor[c] * value);
            }
            bias[o] = (float)sum;
        }
    }
}
