namespace ImageSig.Tests.Tensors;

internal static partial class Twins
{
    public static double[] Conv2D(
        double[] x, double[] w, double[] b, (int Batch, int Height, int Width, int Channels) input, int kernel, int outputs, int stride, int padding)
    {
        int rows = (input.Height + 2 * padding - kernel) / stride + 1;
        int columns = (input.Width + 2 * padding - kernel) / stride + 1;
        double[] y = new double[input.Batch * rows * columns * outputs];
        for (int at = 0; at < y.Length; at++)
        {
            int o = at % outputs;
            int j = at / outputs % columns;
            int i = at / outputs / columns % rows;
            int sample = at / outputs / columns / rows;
            y[at] = b[o];
            for (int ky = 0; ky < kernel; ky++)
            {
                for (int kx = 0; kx < kernel; kx++)
                {
                    int row = i * stride + ky - padding;
                    int column = j * stride + kx - padding;
                    if (row < 0 || row >= input.Height || column < 0 || column >= input.Width)
                        continue;
                    for (int c = 0; c < input.Channels; c++)
                        y[at] += x[((sample * input.Height + row) * input.Width + column) * input.Channels + c]
                            * w[((ky * kernel + kx) * input.Channels + c) * outputs + o];
                }
            }
        }
        return y;
    }

    public static double[] BatchNorm(double[] x, double[] scale, double[] shift, int rows, int channels, double epsilon)
    {
        double[] y = new double[x.Length];
        for (int c = 0; c < channels; c++)
        {
            double[] column = [.. Enumerable.Range(0, rows).Select(i => x[i * channels + c])];
            double mean = column.Average();
            double variance = column.Average(value => (value - mean) * (value - mean));
            for (int i = 0; i < rows; i++)
                y[i * channels + c] = (column[i] - mean) / Math.Sqrt(variance + epsilon) * scale[c] + shift[c];
        }
        return y;
    }

    public static double[] Pool2D(
        double[] x, int batch, int height, int width, int channels, int sizeY, int sizeX, Func<IEnumerable<double>, double> reduce)
    {
        List<double> y = [];
        for (int sample = 0; sample < batch; sample++)
            for (int i = 0; i < height / sizeY; i++)
                for (int j = 0; j < width / sizeX; j++)
                    for (int c = 0; c < channels; c++)
                        y.Add(reduce(
                            from ky in Enumerable.Range(i * sizeY, sizeY)
                            from kx in Enumerable.Range(j * sizeX, sizeX)
                            select x[((sample * height + ky) * width + kx) * channels + c]));
        return [.. y];
    }
}
