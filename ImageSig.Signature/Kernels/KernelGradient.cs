using System.Numerics;

namespace ImageSig.Signature.Kernels;

/// <summary>The signature kernel's gradients of one pair of paths after the other, in memory that is used again.</summary>
internal sealed class KernelGradient
{
    private readonly int _rows;
    private readonly int _columns;
    private readonly int _channels;
    private readonly int _order;
    private readonly double[] _grid;
    private readonly double[] _adjoint;
    private readonly double[] _products;
    private readonly double[] _productGradients;

    /// <summary>For paths of so many points.</summary>
    /// <exception cref="ArgumentException">The fine grid is larger than an array.</exception>
    public KernelGradient(int leftPoints, int rightPoints, int channels, int order)
    {
        (_rows, _columns, _channels, _order) = (leftPoints - 1, rightPoints - 1, channels, order);
        long height = ((long)_rows << order) + 1, width = ((long)_columns << order) + 1;
        if (height * width > Array.MaxLength)
            throw new ArgumentException($"PathKernel: the gradient keeps the whole fine grid, {height} by {width} numbers, more than {Array.MaxLength}; lower the dyadic order or cut the paths.");
        _grid = new double[height * width];
        _adjoint = new double[_grid.Length];
        _products = new double[_rows * _columns];
        _productGradients = new double[_products.Length];
        Left = new double[leftPoints * channels];
        Right = new double[rightPoints * channels];
    }

    /// <summary>[T, C], the gradient with respect to the left path.</summary>
    public double[] Left { get; }

    /// <summary>[U, C], the gradient with respect to the right path.</summary>
    public double[] Right { get; }

    /// <summary>k, and its gradients into <see cref="Left"/> and <see cref="Right"/>.</summary>
    /// <exception cref="OverflowException">Finite paths whose kernel is beyond the range of double.</exception>
    public unsafe double Compute<T>(ReadOnlySpan<T> left, ReadOnlySpan<T> right)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        fixed (T* x = left, y = right)
        {
            for (int row = 0; row < _rows; row++)
                for (int column = 0; column < _columns; column++)
                    _products[row * _columns + column] = PathPairs<T>.Product(x + row * _channels, y + column * _channels, _channels);
            Fill();
            if (!double.IsFinite(_grid[^1]) && PathPairs<T>.AreFinite(x, left.Length) && PathPairs<T>.AreFinite(y, right.Length))
                throw new OverflowException("PathKernel: the kernel of these paths is beyond the range of double, and so has no gradient; scale the paths down or cut them.");
            WalkBack();
            Spread(x, y);
        }
        return _grid[^1];
    }

    private void Fill()
    {
        int parts = 1 << _order, width = _columns * parts + 1;
        _grid.AsSpan(0, width).Fill(1);
        for (int row = 0; row < _rows * parts; row++)
        {
            _grid[(row + 1) * width] = 1;
            for (int column = 0; column < _columns * parts; column++)
            {
                (double sum, double corner) = PathPairs<double>.Factors(_products[row / parts * _columns + column / parts], _order);
                int at = row * width + column;
                _grid[at + width + 1] = (_grid[at + width] + _grid[at + 1]) * sum - _grid[at] * corner;
            }
        }
    }

    private void WalkBack()
    {
        int parts = 1 << _order, width = _columns * parts + 1;
        Array.Clear(_adjoint);
        Array.Clear(_productGradients);
        _adjoint[^1] = 1;
        const double Half = 1.0 / 2, Sixth = 1.0 / 6;
        double fine = 1.0 / ((long)parts * parts);
        for (int row = _rows * parts - 1; row >= 0; row--)
            for (int column = _columns * parts - 1; column >= 0; column--)
            {
                int at = row * width + column, cell = row / parts * _columns + column / parts;
                (double sum, double corner) = PathPairs<double>.Factors(_products[cell], _order);
                double a = _adjoint[at + width + 1], g = _products[cell] * fine;
                _adjoint[at + width] += a * sum;
                _adjoint[at + 1] += a * sum;
                _adjoint[at] -= a * corner;
                _productGradients[cell] += a * fine * ((_grid[at + width] + _grid[at + 1]) * (Half + g * Sixth) + _grid[at] * g * Sixth);
            }
    }

    /// <summary>From the gradients of the inner products of steps to those of the points.</summary>
    private unsafe void Spread<T>(T* left, T* right)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Array.Clear(Left);
        Array.Clear(Right);
        for (int row = 0; row < _rows; row++)
            for (int column = 0; column < _columns; column++)
                for (int channel = 0; channel < _channels; channel++)
                {
                    int x = row * _channels + channel, y = column * _channels + channel;
                    double product = _productGradients[row * _columns + column];
                    double dx = product * PathPairs<T>.Step(right + y, _channels), dy = product * PathPairs<T>.Step(left + x, _channels);
                    Left[x + _channels] += dx;
                    Left[x] -= dx;
                    Right[y + _channels] += dy;
                    Right[y] -= dy;
                }
    }
}
