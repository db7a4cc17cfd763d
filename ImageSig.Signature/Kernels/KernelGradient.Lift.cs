using System.Runtime.CompilerServices;
using ImageSig.Tensors.Kernels;

namespace ImageSig.Signature.Kernels;

/// <summary>The same of paths that are lifted: the inner products of their steps are second differences of κ.</summary>
internal readonly unsafe partial struct KernelGradient<TLanes, TVector, T>
{
    /// <summary>κ below this is one of points too far apart to have a gradient: the exponential ends at 3e-308 and does not reach 0, which times an infinite distance would count.</summary>
    private const double NothingInCommon = 1e-307;

    [MethodImpl(Hot.Loop)]
    private void MultiplyLifted()
    {
        int width = TLanes.Width, channels = _pairs.Channels;
        nint line = (nint)_pairs.RightPoints * width, step = (nint)channels * width;
        double* lift = _lifts;
        for (int row = 0; row <= _rows; row++)
        {
            double* right = _rights;
            for (int column = 0; column <= _columns; column++, lift += width, right += step)
                TLanes.Store(_pairs.LiftLanes<TLanes, TVector>(_lefts + (nint)row * channels, right), lift);
        }
        lift = _lifts;
        for (int row = 0; row < _rows; row++, lift += width)
        {
            double* product = Products(row);
            for (int column = 0; column < _columns; column++, lift += width, product += width)
            {
                TVector same = TLanes.Add(TLanes.Load(lift + line + width), TLanes.Load(lift)), crossed = TLanes.Add(TLanes.Load(lift + width), TLanes.Load(lift + line));
                TLanes.Store(TLanes.Subtract(same, crossed), product);
            }
        }
    }

    /// <summary>From the gradients of κ to those of the points: <c>∂κ/∂x = 2 decay κ (y − x)</c>.</summary>
    [MethodImpl(Hot.Loop)]
    private void SpreadLifted()
    {
        int width = TLanes.Width, channels = _pairs.Channels;
        nint step = (nint)channels * width;
        double* slopes = _sums, tooFar = _corners;
        for (int row = 0; row <= _rows; row++)
        {
            FindSlopes(row, slopes, tooFar);
            for (int channel = 0; channel < channels; channel++)
            {
                double* right = _rights + (nint)channel * width, rightTarget = _rightGradients + (nint)channel * width;
                TVector left = TLanes.Broadcast(_lefts[(nint)row * channels + channel]), sum = TLanes.Broadcast(0);
                for (nint at = 0; at <= (nint)_columns * width; at += width, right += step, rightTarget += step)
                {
                    TVector share = TLanes.AndNot(TLanes.Multiply(TLanes.Load(slopes + at), TLanes.Subtract(TLanes.Load(right), left)), TLanes.Load(tooFar + at));
                    sum = TLanes.Add(sum, share);
                    TLanes.Store(TLanes.Subtract(TLanes.Load(rightTarget), share), rightTarget);
                }
                TLanes.Store(sum, _leftGradients + ((nint)row * channels + channel) * width);
            }
        }
    }

    /// <summary>From the gradients of the products to those of κ, times <c>2 decay κ</c>; and where points are too far apart for one.</summary>
    private void FindSlopes(int row, double* slopes, double* tooFar)
    {
        int width = TLanes.Width;
        TVector factor = TLanes.Broadcast(2 * _pairs.Decay), nothing = TLanes.Broadcast(NothingInCommon);
        double* above = Products(row - 1), here = Products(row), lifts = _lifts + (nint)row * _pairs.RightPoints * width;
        for (nint at = 0; at <= (nint)_columns * width; at += width)
        {
            TVector lift = TLanes.Load(lifts + at);
            TVector same = TLanes.Add(TLanes.Load(above + at - width), TLanes.Load(here + at)), crossed = TLanes.Add(TLanes.Load(above + at), TLanes.Load(here + at - width));
            TLanes.Store(TLanes.Multiply(TLanes.Multiply(factor, lift), TLanes.Subtract(same, crossed)), slopes + at);
            TLanes.Store(TLanes.GreaterThan(nothing, lift), tooFar + at);
        }
    }
}
