namespace ImageSig.Benchmarks.Plain;

/// <summary>The signature kernel as its scheme is written, over the whole grid of one pair of paths.</summary>
internal static class PlainKernel
{
    /// <summary>The kernels [B, B] of every pair of paths [B, T, C].</summary>
    public static void Gram(ReadOnlySpan<float> paths, int batch, int channels, Span<float> result)
    {
        int length = paths.Length / batch, points = length / channels;
        double[,] grid = new double[points, points];
        for (int left = 0; left < batch; left++)
            for (int right = 0; right < batch; right++)
                result[left * batch + right] = (float)Pair(paths.Slice(left * length, length), paths.Slice(right * length, length), channels, grid);
    }

    private static double Pair(ReadOnlySpan<float> left, ReadOnlySpan<float> right, int channels, double[,] grid)
    {
        int points = grid.GetLength(0);
        for (int row = 0; row < points; row++)
            for (int column = 0; column < points; column++)
            {
                if (row == 0 || column == 0)
                {
                    grid[row, column] = 1;
                    continue;
                }
                double product = 0;
                for (int channel = 0; channel < channels; channel++)
                {
                    int x = (row - 1) * channels + channel, y = (column - 1) * channels + channel;
                    product += ((double)left[x + channels] - left[x]) * ((double)right[y + channels] - right[y]);
                }
                double twelfth = product * product / 12;
                grid[row, column] = (grid[row, column - 1] + grid[row - 1, column]) * (1 + product / 2 + twelfth) - grid[row - 1, column - 1] * (1 - twelfth);
            }
        return grid[points - 1, points - 1];
    }
}
