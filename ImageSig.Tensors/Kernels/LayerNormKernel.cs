namespace ImageSig.Tensors.Kernels;

/// <summary>Rows to mean 0 and variance 1.</summary>
internal static unsafe class LayerNormKernel
{
    /// <summary><c>normal = (x − mean) · inverse</c>, <c>y = normal · scale + shift</c> for every row.</summary>
    /// <param name="inverse">[rows], receives 1 / √(variance + ε).</param>
    public static void Forward(
        ReadOnlySpan<float> input, ReadOnlySpan<float> scale, ReadOnlySpan<float> shift, float epsilon, Span<float> normal,
        Span<float> inverse, Span<float> output)
    {
        int columns = scale.Length;
        fixed (float* x = input, g = scale, b = shift, n = normal, y = output)
        {
            for (int row = 0; row < inverse.Length; row++)
            {
                nint at = (nint)row * columns;
                float mean = ReduceKernel.Sum(x + at, columns) / columns;
                for (int j = 0; j < columns; j++)
                    n[at + j] = x[at + j] - mean;
                float variance = ReduceKernel.Dot(n + at, n + at, columns) / columns;
                float factor = 1 / MathF.Sqrt(variance + epsilon);
                inverse[row] = factor;
                for (int j = 0; j < columns; j++)
                {
                    n[at + j] *= factor;
                    y[at + j] = Lanes.MultiplyAdd(n[at + j], g[j], b[j]);
                }
            }
        }
    }

    /// <summary>With <c>d = dy · scale</c>: <c>dx += inverse · (d − mean(d) − normal · mean(d · normal))</c>.</summary>
    public static void Backward(
        Span<float> outer, ReadOnlySpan<float> scale, ReadOnlySpan<float> normal, ReadOnlySpan<float> inverse, Span<float> inner)
    {
        int columns = scale.Length;
        fixed (float* d = outer, g = scale, n = normal, dx = inner)
        {
            for (int row = 0; row < inverse.Length; row++)
            {
                nint at = (nint)row * columns;
                for (int j = 0; j < columns; j++)
                    d[at + j] *= g[j];
                float mean = ReduceKernel.Sum(d + at, columns) / columns;
                float slope = ReduceKernel.Dot(d + at, n + at, columns) / columns;
                for (int j = 0; j < columns; j++)
                    dx[at + j] += inverse[row] * (d[at + j] - mean - n[at + j] * slope);
            }
        }
    }
}
