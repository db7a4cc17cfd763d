using System.Numerics;
using System.Runtime.Intrinsics;
using ImageSig.Tensors.Kernels;

namespace ImageSig.Tests.Signature;

/// <summary>The signature kernel's gradients of one pair of paths in plain loops: the slow twin of those in lanes.</summary>
internal sealed class PlainKernelGradient
{
    private readonly int _rows;
    private readonly int _columns;
    private readonly int _channels;
    private readonly int _parts;
    private readonly double _decay;
    private readonly double[] _left;
    private readonly double[] _right;

    /// <summary>Computes them, of paths [T, C] and [U, C], lifted with a decay above 0.</summary>
    public PlainKernelGradient(double[] left, double[] right, int channels, int order, double decay)
    {
        (_rows, _columns, _channels, _parts, _decay) = (left.Length / channels - 1, right.Length / channels - 1, channels, 1 << order, decay);
        (_left, _right, Left, Right) = (left, right, new double[left.Length], new double[right.Length]);
        var grid = new double[_rows * _parts + 1, _columns * _parts + 1];
        for (int row = 0; row < grid.GetLength(0); row++)
            for (int column = 0; column < grid.GetLength(1); column++)
            {
                (double sum, double corner, _) = row == 0 || column == 0 ? default : Factors((row - 1) / _parts, (column - 1) / _parts);
                grid[row, column] = row == 0 || column == 0 ? 1 : (grid[row, column - 1] + grid[row - 1, column]) * sum - grid[row - 1, column - 1] * corner;
            }
        Value = grid[_rows * _parts, _columns * _parts];
        double[,] gradients = ProductGradients(grid);
        if (decay > 0)
            SpreadLifted(gradients);
        else
            Spread(gradients);
    }

    /// <summary>k.</summary>
    public double Value { get; }

    /// <summary>[T, C], the gradient with respect to the left path.</summary>
    public double[] Left { get; }

    /// <summary>[U, C], the gradient with respect to the right path.</summary>
    public double[] Right { get; }

    private double[,] ProductGradients(double[,] grid)
    {
        var adjoints = new double[_rows * _parts + 1, _columns * _parts + 1];
        var gradients = new double[_rows, _columns];
        double fine = 1.0 / ((long)_parts * _parts);
        adjoints[_rows * _parts, _columns * _parts] = 1;
        for (int row = _rows * _parts - 1; row >= 0; row--)
            for (int column = _columns * _parts - 1; column >= 0; column--)
            {
                (double sum, double corner, double g) = Factors(row / _parts, column / _parts);
                double a = adjoints[row + 1, column + 1], slope = 1.0 / 2 + g * (1.0 / 6);
                gradients[row / _parts, column / _parts] += a * fine * ((grid[row + 1, column] + grid[row, column + 1]) * slope + grid[row, column] * g * (1.0 / 6));
                adjoints[row + 1, column] += a * sum;
                adjoints[row, column + 1] += a * sum;
                // The first of the number's three shares: the others come with the cells to the left and above.
                adjoints[row, column] = 0 - a * corner;
            }
        return gradients;
    }

    private (double Sum, double Corner, double Part) Factors(int row, int column)
    {
        double g = Product(row, column) / ((long)_parts * _parts), twelfth = g * g / 12;
        return (1 + g / 2 + twelfth, 1 - twelfth, g);
    }

    private double Product(int row, int column)
    {
        if (_decay > 0)
            return Lift(row + 1, column + 1) + Lift(row, column) - (Lift(row, column + 1) + Lift(row + 1, column));
        double sum = 0;
        for (int channel = 0; channel < _channels; channel++)
            sum += Step(_left, row, channel) * Step(_right, column, channel);
        return sum;
    }

    private double Step(double[] path, int step, int channel) => path[(step + 1) * _channels + channel] - path[step * _channels + channel];

    /// <summary>κ of two points.</summary>
    private double Lift(int row, int column)
    {
        double sum = 0;
        for (int channel = 0; channel < _channels; channel++)
        {
            double difference = _left[row * _channels + channel] - _right[column * _channels + channel];
            sum += difference * difference;
        }
        // In a register as everywhere, so that the bits are the same.
        return LaneMath.ExpOfDouble<Lanes128<double>, Vector128<double>>(Vector128.Create(sum * -_decay)).ToScalar();
    }

    private void Spread(double[,] gradients)
    {
        for (int row = 0; row < _rows; row++)
            for (int column = 0; column < _columns; column++)
                for (int channel = 0; channel < _channels; channel++)
                {
                    int x = row * _channels + channel, y = column * _channels + channel;
                    double dx = gradients[row, column] * Step(_right, column, channel), dy = gradients[row, column] * Step(_left, row, channel);
                    Left[x + _channels] += dx;
                    Left[x] -= dx;
                    Right[y + _channels] += dy;
                    Right[y] -= dy;
                }
    }

    private void SpreadLifted(double[,] gradients)
    {
        for (int row = 0; row <= _rows; row++)
            for (int column = 0; column <= _columns; column++)
            {
                double lift = Lift(row, column);
                if (lift < 1e-307)
                    continue;
                double gradient = At(row - 1, column - 1) + At(row, column) - (At(row - 1, column) + At(row, column - 1)), slope = 2 * _decay * lift * gradient;
                for (int channel = 0; channel < _channels; channel++)
                {
                    int x = row * _channels + channel, y = column * _channels + channel;
                    double share = slope * (_right[y] - _left[x]);
                    Left[x] += share;
                    Right[y] -= share;
                }
            }

        double At(int row, int column) => row >= 0 && row < _rows && column >= 0 && column < _columns ? gradients[row, column] : 0;
    }
}
