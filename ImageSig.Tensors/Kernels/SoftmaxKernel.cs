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
}
