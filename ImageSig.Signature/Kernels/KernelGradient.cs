using System.Numerics;

namespace ImageSig.Signature.Kernels;

/// <summary>The signature kernel's gradients of one pair of paths after the other, in memory that is used again.</summary>
internal sealed partial class KernelGradient
{
    private readonly int _rows;
    private readonly int _columns;
    private readonly int _channels;
    private readonly int _order;
    private readonly double _decay;
    private readonly double[] _grid;
    private readonly double[] _adjoint;
    private readonly (double Sum, double Corner)[] _factors;
    private readonly double[] _products;
    private readonly double[] _productGradients;

    /// <summary>κ of each point with each, [T, U]; none for paths that are not lifted.</summary>
    private readonly double[] _lifts;

    /// <summary>For paths of so many points, lifted with a decay above 0.</summary>
    /// <exception cref="ArgumentException">The fine grid is larger than an array.</exception>
    public KernelGradient(int leftPoints, int rightPoints, int channels, int order, double decay)
    {
        (_rows, _columns, _channels, _order, _decay) = (leftPoints - 1, rightPoints - 1, channels, order, decay);
        long height = ((long)_rows << order) + 1, width = ((long)_columns << order) + 1;
        if (height * width > Array.MaxLength)
            throw new ArgumentException($"PathKernel: the gradient keeps the whole fine grid, {height} by {width} numbers, more than {Array.MaxLength}; lower the dyadic order or cut the paths.");
        _grid = new double[height * width];
        _adjoint = new double[width];
        _factors = new (double, double)[_columns];
        _products = new double[_rows * _columns];
        _productGradients = new double[_products.Length];
        _lifts = decay > 0 ? new double[leftPoints * rightPoints] : [];
        Left = new double[leftPoints * channels];
        Right = new double[rightPoints * channels];
    }

    /// <summary>[T, C], the gradient with respect to the left path.</summary>
    private double[] Left { get; }

    /// <summary>[U, C], the gradient with respect to the right path.</summary>
    private double[] Right { get; }

    /// <summary>k, and its gradients into <see cref="Left"/> and <see cref="Right"/>.</summary>
    /// <exception cref="OverflowException">Finite paths whose kernel is beyond the range of <typeparamref name="T"/>.</exception>
    public unsafe double Compute<T>(ReadOnlySpan<T> left, ReadOnlySpan<T> right)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        fixed (T* x = left, y = right)
        {
            if (_decay > 0)
                MultiplyLifted(x, y);
            else
                for (int row = 0; row < _rows; row++)
                    for (int column = 0; column < _columns; column++)
                        _products[row * _columns + column] = PathPairs<T>.Product(x + row * _channels, y + column * _channels, _channels);
            Fill();
            if (!T.IsFinite(T.CreateTruncating(_grid[^1])) && PathPairs<T>.AreFinite(x, left.Length) && PathPairs<T>.AreFinite(y, right.Length))
                throw new OverflowException("PathKernel: the kernel of these paths is beyond the range of their type, and so has no gradient; scale the paths down, or widen the bandwidth, or cut them.");
            WalkBack();
            Array.Clear(Left);
            Array.Clear(Right);
            if (_decay > 0)
                SpreadLifted(x, y);
            else
                Spread(x, y);
        }
        return _grid[^1];
    }

    /// <summary>Adds the left path's gradient, times <paramref name="factor"/>.</summary>
    public void AddLeft<T>(Span<T> target, T factor)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Add(Left, target, factor);

    /// <summary>Adds the right path's gradient, times <paramref name="factor"/>.</summary>
    public void AddRight<T>(Span<T> target, T factor)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Add(Right, target, factor);

    private static void Add<T>(double[] values, Span<T> target, T factor)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int index = 0; index < values.Length; index++)
            target[index] += factor * T.CreateTruncating(values[index]);
    }

    private void Fill()
    {
        int parts = 1 << _order, width = _columns * parts + 1;
        _grid.AsSpan(0, width).Fill(1);
        for (int row = 0; row < _rows; row++)
        {
            FindFactors(row);
            for (int part = 0; part < parts; part++)
            {
                ReadOnlySpan<double> above = _grid.AsSpan((row * parts + part) * width, width);
                Span<double> line = _grid.AsSpan((row * parts + part + 1) * width, width);
                double here = line[0] = 1;
                for (int column = 0, at = 0; column < _columns; column++)
                {
                    (double sum, double corner) = _factors[column];
                    for (int end = at + parts; at < end; at++)
                        line[at + 1] = here = (here + above[at + 1]) * sum - above[at] * corner;
                }
            }
        }
    }

    /// <summary>The adjoint is kept of one line: that below a row of cells becomes that above it, from the right to the left.</summary>
    private void WalkBack()
    {
        int parts = 1 << _order, width = _columns * parts + 1;
        Array.Clear(_adjoint);
        Array.Clear(_productGradients);
        _adjoint[^1] = 1;
        for (int row = _rows - 1; row >= 0; row--)
        {
            FindFactors(row);
            for (int part = parts - 1; part >= 0; part--)
            {
                int above = (row * parts + part) * width;
                BackThroughLine(row, _grid.AsSpan(above, width), _grid.AsSpan(above + width, width));
            }
        }
    }

    private void BackThroughLine(int row, ReadOnlySpan<double> above, ReadOnlySpan<double> below)
    {
        const double Half = 1.0 / 2, Sixth = 1.0 / 6;
        int parts = 1 << _order;
        double fine = 1.0 / ((long)parts * parts), right = _adjoint[^1], corners = 0;
        for (int column = _columns - 1; column >= 0; column--)
        {
            (double sum, double corner) = _factors[column];
            ref double gradient = ref _productGradients[row * _columns + column];
            double g = _products[row * _columns + column] * fine, slope = Half + g * Sixth;
            for (int at = (column + 1) * parts - 1; at >= column * parts; at--)
            {
                double a = right;
                gradient += a * fine * ((below[at] + above[at + 1]) * slope + above[at] * g * Sixth);
                right = _adjoint[at] + a * sum;
                _adjoint[at + 1] = corners + a * sum;
                corners = 0 - a * corner;
            }
        }
        _adjoint[0] = corners;
    }

    private void FindFactors(int row)
    {
        for (int column = 0; column < _columns; column++)
            _factors[column] = PathPairs<double>.Factors(_products[row * _columns + column], _order);
    }

    /// <summary>From the gradients of the inner products of steps to those of the points.</summary>
    private unsafe void Spread<T>(T* left, T* right)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
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
