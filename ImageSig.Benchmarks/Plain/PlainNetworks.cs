namespace ImageSig.Benchmarks.Plain;

/// <summary>What networks are made of, by plain loops.</summary>
internal static class PlainNetworks
{
    /// <summary><c>c = a b</c>: [m, k] times [k, n]. The innermost loop runs along rows, as memory does.</summary>
    public static void MatMul(int m, int k, int n, ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> c)
    {
        c.Clear();
        for (int row = 0; row < m; row++)
            for (int inner = 0; inner < k; inner++)
                for (int column = 0; column < n; column++)
                    c[row * n + column] += a[row * k + inner] * b[inner * n + column];
    }

    /// <summary>A convolution of images [B, H, W, C] with square kernels [K, K, C, O], zeros around the image.</summary>
    public static void Convolve(ReadOnlySpan<float> images, int batch, int side, int channels, ReadOnlySpan<float> weights, int kernel, int outputs, int stride, int padding, Span<float> result)
    {
        int outputSide = (side + 2 * padding - kernel) / stride + 1;
        result.Clear();
        for (int image = 0; image < batch; image++)
            for (int row = 0; row < outputSide; row++)
                for (int column = 0; column < outputSide; column++)
                {
                    Span<float> sums = result.Slice(((image * outputSide + row) * outputSide + column) * outputs, outputs);
                    for (int ky = 0; ky < kernel; ky++)
                        for (int kx = 0; kx < kernel; kx++)
                        {
                            (int y, int x) = (row * stride + ky - padding, column * stride + kx - padding);
                            if (y < 0 || x < 0 || y >= side || x >= side)
                                continue;
                            for (int channel = 0; channel < channels; channel++)
                                for (int output = 0; output < outputs; output++)
                                    sums[output] += images[((image * side + y) * side + x) * channels + channel] * weights[((ky * kernel + kx) * channels + channel) * outputs + output];
                        }
                }
    }

    /// <summary><c>softmax(Q Kᵀ / √D) V</c> of every head; all are [B, T, heads · D].</summary>
    public static void Attend(ReadOnlySpan<float> queries, ReadOnlySpan<float> keys, ReadOnlySpan<float> values, int batch, int length, int heads, int size, Span<float> result)
    {
        float[] chances = new float[length];
        int width = heads * size;
        float scale = 1 / MathF.Sqrt(size);
        result.Clear();
        for (int head = 0; head < batch * heads; head++)
        {
            int start = head / heads * length * width + head % heads * size;
            for (int query = 0; query < length; query++)
            {
                float largest = float.NegativeInfinity, total = 0;
                for (int key = 0; key < length; key++)
                {
                    float score = 0;
                    for (int i = 0; i < size; i++)
                        score += queries[start + query * width + i] * keys[start + key * width + i];
                    chances[key] = score * scale;
                    largest = MathF.Max(largest, chances[key]);
                }
                for (int key = 0; key < length; key++)
                    total += chances[key] = MathF.Exp(chances[key] - largest);
                for (int key = 0; key < length; key++)
                    for (int i = 0; i < size; i++)
                        result[start + query * width + i] += chances[key] / total * values[start + key * width + i];
            }
        }
    }
}
