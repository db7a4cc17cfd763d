using System.Numerics.Tensors;

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
        Span<float> shown = row[..visible];
        TensorPrimitives.Subtract(shown, TensorPrimitives.Max<float>(shown), shown);
        ElementKernel.Map<Exponential>(shown, shown);
        float total;
        fixed (float* x = shown)
            total = ReduceKernel.Sum(x, visible);
        TensorPrimitives.Multiply(shown, 1 / total, shown);
        row[visible..].Clear();
    }

    /// <summary><c>x_c − ln Σ exp(x)</c> of one row in single precision, the logarithm in double.</summary>
    /// <param name="scratch">As long as the row.</param>
    public static unsafe void LogRow(ReadOnlySpan<float> row, Span<float> scratch, Span<float> logarithms)
    {
        TensorPrimitives.Subtract(row, TensorPrimitives.Max(row), logarithms);
        ElementKernel.Map<Exponential>(logarithms, scratch);
        float total;
        fixed (float* x = scratch)
            total = ReduceKernel.Sum(x, row.Length);
        TensorPrimitives.Subtract(logarithms, (float)ScalarMath.Log(total), logarithms);
    }

    /// <summary>The gradient of the scores of one row from that of its probabilities, in place: <c>d ← p · (d − Σ d p)</c>.</summary>
    public static unsafe void RowBackward(ReadOnlySpan<float> probabilities, Span<float> gradient)
    {
        float mean;
        fixed (float* p = probabilities, d = gradient)
            mean = ReduceKernel.Dot(d, p, gradient.Length);
        TensorPrimitives.Subtract(gradient, mean, gradient);
        TensorPrimitives.Multiply(probabilities, gradient, gradient);
    }
}
