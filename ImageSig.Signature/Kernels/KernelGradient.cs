using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ImageSig.Tensors.Kernels;

namespace ImageSig.Signature.Kernels;

/// <summary>The signature kernel's gradients of one left path with as many right ones as a register has lanes. The bits are those of one pair after the other.</summary>
internal readonly unsafe partial struct KernelGradient<TLanes, TVector, T>
    where TLanes : struct, ILanes<TVector, double>
    where TVector : struct
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly PathPairs<T> _pairs;
    private readonly int _rows;
    private readonly int _columns;
    private readonly int _parts;

    /// <summary>Numbers from a line of the fine grid to the next, and of <see cref="_products"/>.</summary>
    private readonly nint _line, _productLine;

    /// <summary>The whole fine grid, in lanes as all that follows but <see cref="_lefts"/>.</summary>
    private readonly double* _grid;

    /// <summary>[rows + 2, columns + 2], the products of steps, or what stands for them, which their gradients replace; zeros around.</summary>
    private readonly double* _products;

    /// <summary>[T, U], κ of each point with each; none of paths that are not lifted.</summary>
    private readonly double* _lifts;

    /// <summary>A line of the fine grid.</summary>
    private readonly double* _adjoint;

    /// <summary>[U] each, of one row of cells.</summary>
    private readonly double* _sums, _corners, _small;

    /// <summary>The right paths' points or steps.</summary>
    private readonly double* _rights;

    /// <summary>[T, C] and [U, C].</summary>
    private readonly double* _leftGradients, _rightGradients;

    /// <summary>The left path's points or steps, one number each.</summary>
    private readonly double* _lefts;

    /// <summary>In memory of <see cref="PathPairs{T}.GradientNumbers"/>.</summary>
    public KernelGradient(in PathPairs<T> pairs, double* memory)
    {
        (_pairs, _rows, _columns, _parts) = (pairs, pairs.LeftPoints - 1, pairs.RightPoints - 1, 1 << pairs.Order);
        int width = TLanes.Width;
        nint points = pairs.RightPoints;
        _line = ((nint)_columns * _parts + 1) * width;
        _productLine = (points + 1) * width;
        _grid = memory;
        _products = _grid + ((nint)_rows * _parts + 1) * _line;
        _lifts = _products + (nint)(_rows + 2) * _productLine;
        _adjoint = _lifts + (pairs.IsLifted ? pairs.LeftPoints * points * width : 0);
        _sums = _adjoint + _line;
        _corners = _sums + points * width;
        _small = _corners + points * width;
        _rights = _small + points * width;
        _leftGradients = _rights + (nint)pairs.RightVectors * pairs.Channels * width;
        _rightGradients = _leftGradients + (nint)pairs.LeftPoints * pairs.Channels * width;
        _lefts = _rightGradients + points * pairs.Channels * width;
    }

    /// <summary>k of the left path <paramref name="row"/> with <paramref name="count"/> right ones from <paramref name="first"/> on, and its gradients.</summary>
    /// <exception cref="OverflowException">Finite paths whose kernel, or a number of its gradients, is beyond the range of <typeparamref name="T"/>.</exception>
    public void Compute(int row, int first, int count)
    {
        T* left = _pairs.Left + (long)row * _pairs.LeftLength;
        for (long number = 0; number < _pairs.LeftVectors * _pairs.Channels; number++)
            _lefts[number] = _pairs.PointOrStep(left + number);
        _pairs.LoadRights(first, count, _rights, TLanes.Width);
        if (_pairs.IsLifted)
            MultiplyLifted();
        else
            Multiply();
        Fill();
        WalkBack();
        Clear(_leftGradients, (nint)_pairs.LeftPoints * _pairs.Channels);
        Clear(_rightGradients, (nint)_pairs.RightPoints * _pairs.Channels);
        if (_pairs.IsLifted)
            SpreadLifted();
        else
            Spread();
        SieveRange(_sums);
        for (int lane = 0; lane < count; lane++)
            if (double.IsNaN(_sums[lane]) && !IsInRange(lane)
                && PathPairs<T>.AreFinite(left, _pairs.LeftLength) && PathPairs<T>.AreFinite(_pairs.Right + (first + lane) * _pairs.RightLength, _pairs.RightLength))
                throw new OverflowException("PathKernel: the kernel of these paths, or its gradient, is beyond the range of their type; scale the paths down, or widen the bandwidth, or cut them.");
    }

    /// <summary>All lanes at once: 0 where <see cref="IsInRange"/> holds for sure, NaN where k or a gradient is at the end of the range of <typeparamref name="T"/>, or beyond.</summary>
    /// <param name="result">A register.</param>
    [MethodImpl(Hot.Loop)]
    private void SieveRange(double* result)
    {
        // Scaled so that the range of T ends where that of double does; an infinity times 0 is NaN.
        TVector zero = TLanes.Broadcast(0), scale = TLanes.Broadcast(double.MaxValue / double.CreateTruncating(T.BitDecrement(T.PositiveInfinity)));
        TVector sum = TLanes.MultiplyAdd(TLanes.Multiply(TLanes.Load(KernelAt), scale), zero, zero);
        double* end = _rightGradients + (nint)_pairs.RightLength * TLanes.Width;
        for (double* at = _leftGradients; at < end; at += TLanes.Width)
            sum = TLanes.MultiplyAdd(TLanes.Multiply(TLanes.Load(at), scale), zero, sum);
        TLanes.Store(sum, result);
    }

    /// <summary>Whether a lane's k and all of its gradients, which stand one behind the other, are finite as <typeparamref name="T"/>.</summary>
    private bool IsInRange(int lane)
    {
        if (!T.IsFinite(Value(lane)))
            return false;
        for (long number = 0; number < _pairs.LeftLength + (long)_pairs.RightLength; number++)
            if (!T.IsFinite(T.CreateTruncating(_leftGradients[number * TLanes.Width + lane])))
                return false;
        return true;
    }

    /// <summary>k, at the far corner of the grid.</summary>
    private double* KernelAt => _grid + ((nint)_rows * _parts + 1) * _line - TLanes.Width;

    /// <summary>k of a lane.</summary>
    public T Value(int lane) => T.CreateTruncating(KernelAt[lane]);

    /// <summary>The left path's gradient in a lane.</summary>
    public void CopyLeft(int lane, T* target)
    {
        for (long number = 0; number < _pairs.LeftLength; number++)
            target[number] = T.CreateTruncating(_leftGradients[number * TLanes.Width + lane]);
    }

    /// <summary>Adds the gradient of a lane's right path, times <paramref name="factor"/>.</summary>
    public void AddRight(int lane, T* target, T factor)
    {
        for (long number = 0; number < _pairs.RightLength; number++)
            target[number] += factor * T.CreateTruncating(_rightGradients[number * TLanes.Width + lane]);
    }

    [MethodImpl(Hot.Loop)]
    private void Multiply()
    {
        int width = TLanes.Width, channels = _pairs.Channels;
        for (int row = 0; row < _rows; row++)
        {
            double* left = _lefts + (nint)row * channels, right = _rights, product = Products(row);
            for (int column = 0; column < _columns; column++, product += width)
            {
                TVector sum = TLanes.Broadcast(0);
                for (int channel = 0; channel < channels; channel++, right += width)
                    sum = TLanes.Add(sum, TLanes.Multiply(TLanes.Broadcast(left[channel]), TLanes.Load(right)));
                TLanes.Store(sum, product);
            }
        }
    }

    private void Fill()
    {
        for (double* at = _grid; at < _grid + _line; at += TLanes.Width)
            TLanes.Store(TLanes.Broadcast(1), at);
        double* line = _grid;
        for (int row = 0; row < _rows; row++)
        {
            FindFactors(Products(row));
            for (int part = 0; part < _parts; part++, line += _line)
                PathPairs<T>.NextLineLanes<TLanes, TVector>(line, line + _line, _sums, _corners, _columns, _parts);
        }
    }

    [MethodImpl(Hot.Loop)]
    private void FindFactors(double* products)
    {
        int width = TLanes.Width;
        TVector share = TLanes.Broadcast(FineShare);
        double* sum = _sums, corner = _corners;
        for (double* end = products + (nint)_columns * width; products < end; products += width, sum += width, corner += width)
            PathPairs<T>.StoreFactors<TLanes, TVector>(TLanes.Load(products), share, sum, corner);
    }

    /// <summary>From the gradients of the inner products of steps to those of the points.</summary>
    [MethodImpl(Hot.Loop)]
    private void Spread()
    {
        int width = TLanes.Width, channels = _pairs.Channels;
        nint step = (nint)channels * width;
        for (int row = 0; row < _rows; row++)
            for (int channel = 0; channel < channels; channel++)
            {
                double* gradient = Products(row), right = _rights + (nint)channel * width, target = _leftGradients + ((nint)row * channels + channel) * width, rightTarget = _rightGradients + (nint)channel * width;
                TVector left = TLanes.Broadcast(_lefts[(nint)row * channels + channel]), start = TLanes.Load(target), end = TLanes.Load(target + step), rightStart = TLanes.Load(rightTarget);
                for (int column = 0; column < _columns; column++, gradient += width, right += step)
                {
                    TVector product = TLanes.Load(gradient), dx = TLanes.Multiply(product, TLanes.Load(right)), dy = TLanes.Multiply(product, left);
                    end = TLanes.Add(end, dx);
                    start = TLanes.Subtract(start, dx);
                    TVector rightEnd = TLanes.Add(TLanes.Load(rightTarget + step), dy);
                    TLanes.Store(TLanes.Subtract(rightStart, dy), rightTarget);
                    rightStart = rightEnd;
                    rightTarget += step;
                }
                TLanes.Store(start, target);
                TLanes.Store(end, target + step);
                TLanes.Store(rightStart, rightTarget);
            }
    }

    /// <summary>One part's share of the product of two steps: a power of two.</summary>
    private double FineShare => 1.0 / (1L << (2 * _pairs.Order));

    private double* Products(int row) => _products + (row + 1) * _productLine + TLanes.Width;

    private static void Clear(double* vectors, nint count) => NativeMemory.Clear(vectors, (nuint)(count * TLanes.Width * sizeof(double)));
}
