namespace ImageSig.Tensors.Kernels;

/// <summary>Softmax over rows.</summary>
internal static class SoftmaxKernel
{
    /// <summary><c>p_c = exp(x_c − max x) / Σ exp(x − max x)</c>, in double inside, summed in order; row by row.</summary>
    /// <param name="logits">[B, <paramref name="classes"/>].</param>
    /// <param name="probabilities">The same shape; may be the same memory.</param>
    public static void Rows(ReadOnlySpan<float> logits, int classes, Span<float> probabilities)
    {
        for (int start = 0; start < logits.Length; start += classes)
        {
            ReadOnlySpan<float> row = logits.Slice(start, classes);
            double largest = row[0];
            for (int c = 1; c < classes; c++)
                largest = Math.Max(largest, row[c]);
            double total = 0;
            for (int c = 0; c < classes; c++)
                total += ScalarMath.Exp(row[c] - largest);
            for (int c = 0; c < classes; c++)
                probabilities[start + c] = (float)(ScalarMath.Exp(row[c] - largest) / total);
        }
    }

    /// <summary>Softmax of one row in single precision, in place: for the many short rows inside attention.</summary>
    /// <param name="row">Scores; those from <paramref name="visible"/> on get probability 0.</param>
    public static unsafe void Row(Span<float> row, int visible)
    {
        float largest = row[0];
        for (int c = 1; c < visible; c++)
            largest = MathF.Max(largest, row[c]);
        Span<float> shown = row[..visible];
        for (int c = 0; c < visible; c++)
            shown[c] -= largest;
        ElementKernel.Map<Exponential>(shown, shown);
        float total;
        fixed (float* x = shown)
            total = ReduceKernel.Sum(x, visible);
        float factor = 1 / total;
        for (int c = 0; c < visible; c++)
            shown[c] *= factor;
        row[visible..].Clear();
    }

    /// <summary><c>x_c − ln Σ exp(x)</c> of one row in single precision, the logarithm in double.</summary>
    /// <param name="scratch">As long as the row.</param>
    public static unsafe void LogRow(ReadOnlySpan<float> row, Span<float> scratch, Span<float> logarithms)
    {
        float largest = row[0];
        for (int c = 1; c < row.Length; c++)
            largest = MathF.Max(largest, row[c]);
        for (int c = 0; c < row.Length; c++)
            logarithms[c] = row[c] - largest;
        ElementKernel.Map<Exponential>(logarithms, scratch);
        float total;
        fixed (float* x = scratch)
            total = ReduceKernel.Sum(x, row.Length);
        float logTotal = (float)ScalarMath.Log(total);
        for (int c = 0; c < row.Length; c++)
            logarithms[c] -= logTotal;
    }

    /// <summary>The gradient of the scores of one row from that of its probabilities, in place: <c>d ← p · (d − Σ d p)</c>.</summary>
    public static unsafe void RowBackward(ReadOnlySpan<float> probabilities, Span<float> gradient)
    {
        float mean;
        fixed (float* p = probabilities, d = gradient)
            mean = ReduceKernel.Dot(d, p, gradient.Length);
        for (int c = 0; c < gradient.Length; c++)
            gradient[c] = probabilities[c] * (gradient[c] - mean);
    }
}
