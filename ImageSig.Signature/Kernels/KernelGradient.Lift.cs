using System.Numerics;

namespace ImageSig.Signature.Kernels;

/// <summary>The same of paths that are lifted: the inner products of their steps are second differences of κ.</summary>
internal sealed partial class KernelGradient
{
    private unsafe void MultiplyLifted<T>(T* left, T* right)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int points = _columns + 1;
        for (int row = 0; row <= _rows; row++)
            for (int column = 0; column <= _columns; column++)
                _lifts[row * points + column] = PathPairs<T>.Lift(left + row * _channels, right + column * _channels, _channels, _decay);
        for (int row = 0; row < _rows; row++)
            for (int column = 0; column < _columns; column++)
            {
                int at = row * points + column;
                _products[row * _columns + column] = PathPairs<T>.SecondDifference(_lifts[at], _lifts[at + 1], _lifts[at + points], _lifts[at + points + 1]);
            }
    }

    /// <summary>κ up to here is one of points too far apart to have a gradient: the exponential ends at 3e-308 and does not reach 0, which times an infinite distance would count.</summary>
    private const double NothingInCommon = 1e-307;

    /// <summary>From the gradients of the products to those of κ, and of the points: <c>∂κ/∂x = 2 decay κ (y − x)</c>.</summary>
    private unsafe void SpreadLifted<T>(T* left, T* right)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int row = 0; row <= _rows; row++)
            for (int column = 0; column <= _columns; column++)
            {
                double lift = _lifts[row * (_columns + 1) + column];
                if (lift <= NothingInCommon)
                    continue;
                double gradient = ProductGradient(row - 1, column - 1) + ProductGradient(row, column) - (ProductGradient(row - 1, column) + ProductGradient(row, column - 1));
                double slope = 2 * _decay * lift * gradient;
                for (int channel = 0; channel < _channels; channel++)
                {
                    int x = row * _channels + channel, y = column * _channels + channel;
                    double share = slope * (double.CreateTruncating(right[y]) - double.CreateTruncating(left[x]));
                    Left[x] += share;
                    Right[y] -= share;
                }
            }
    }

    /// <summary>The gradient of the product of two steps; 0 where one of them is none.</summary>
    private double ProductGradient(int row, int column) =>
        (uint)row < (uint)_rows && (uint)column < (uint)_columns ? _productGradients[row * _columns + column] : 0;
}
