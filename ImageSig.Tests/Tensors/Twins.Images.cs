using ImageSig.Tensors.Autodiff;

namespace ImageSig.Tests.Tensors;

internal static partial class Twins
{
    /// <summary>With <paramref name="groups"/> of channels of their own, as many as there are for a convolution channel by channel.</summary>
    public static double[] Conv2D(
        double[] x, double[] w, double[] b, (int Batch, int Height, int Width, int Channels) input, int kernel, int outputs, Convolution2DOptions options, int groups = 1)
    {
        (int rows, int above) = Placed(input.Height, kernel, options);
        (int columns, int before) = Placed(input.Width, kernel, options);
        int depth = input.Channels / groups;
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
                    int row = i * options.Stride + ky - above;
                    int column = j * options.Stride + kx - before;
                    if (row < 0 || row >= input.Height || column < 0 || column >= input.Width)
                        continue;
                    for (int c = 0; c < depth; c++)
                        y[at] += x[((sample * input.Height + row) * input.Width + column) * input.Channels + o / (outputs / groups) * depth + c]
                            * w[((ky * kernel + kx) * depth + c) * outputs + o];
                }
            }
        }
        return y;
    }

    /// <summary>Outputs, and zeros before the first pixel.</summary>
    private static (int Outputs, int Before) Placed(int length, int kernel, Convolution2DOptions options)
    {
        if (!options.Same)
            return ((length + 2 * options.Padding - kernel) / options.Stride + 1, options.Padding);
        int outputs = (int)Math.Ceiling((double)length / options.Stride);
        return (outputs, Math.Max((outputs - 1) * options.Stride + kernel - length, 0) / 2);
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
