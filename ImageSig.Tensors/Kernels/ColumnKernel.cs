using System.Runtime.CompilerServices;

namespace ImageSig.Tensors.Kernels;

/// <summary>Work on every row of a matrix with one number per column; lanes are columns.</summary>
internal static unsafe class ColumnKernel
{
    /// <summary><c>y[i, j] = (x[i, j] − center[j]) · scale[j] + shift[j]</c>.</summary>
    public static void Affine(
        ReadOnlySpan<float> input, ReadOnlySpan<float> center, ReadOnlySpan<float> scale, ReadOnlySpan<float> shift, Span<float> output)
    {
        fixed (float* x = input, c = center, a = scale, b = shift, y = output)
            LaneDispatch.Sweep(center.Length, new AffineSweep(input.Length / center.Length, center.Length, x, c, a, b, y));
    }

    /// <summary><c>sums[j] ← sums[j] + Σᵢ left[i, j] · right[i, j]</c>, i in order.</summary>
    public static void AddProducts(ReadOnlySpan<float> left, ReadOnlySpan<float> right, Span<float> sums)
    {
        fixed (float* x = left, y = right, s = sums)
            LaneDispatch.Sweep(sums.Length, new AddProductsSweep(left.Length / sums.Length, sums.Length, x, y, s));
    }

    /// <summary><c>sums[j] ← sums[j] + Σᵢ (x[i, j] − center[j])²</c>, i in order.</summary>
    public static void AddSquares(ReadOnlySpan<float> input, ReadOnlySpan<float> center, Span<float> sums)
    {
        fixed (float* x = input, c = center, s = sums)
            LaneDispatch.Sweep(sums.Length, new AddSquaresSweep(input.Length / sums.Length, sums.Length, x, c, s));
    }

    /// <summary><c>dx[i, j] ← (accumulate ? dx[i, j] : 0) + factor[j] · (dy[i, j] − mean[j] − normal[i, j] · slope[j])</c>.</summary>
    public static void NormBackward(
        ReadOnlySpan<float> outer, ReadOnlySpan<float> normal, ReadOnlySpan<float> factor, ReadOnlySpan<float> mean,
        ReadOnlySpan<float> slope, Span<float> inner, bool accumulate)
    {
        fixed (float* dy = outer, n = normal, f = factor, m = mean, s = slope, dx = inner)
            LaneDispatch.Sweep(factor.Length, new NormBackwardSweep(outer.Length / factor.Length, factor.Length, dy, n, f, m, s, dx, accumulate));
    }

    private readonly struct AffineSweep(int rows, int columns, float* input, float* center, float* scale, float* shift, float* output) : ILaneSweep
    {
        [MethodImpl(Hot.Loop)]
        public void Run<TLanes, TVector>(int from, int to)
            where TLanes : struct, ILaneArithmetic<TVector, float>
            where TVector : struct
        {
            float* x = input, y = output;
            int height = rows;
            nint stride = columns;
            for (int j = from; j < to; j += TLanes.Width)
            {
                TVector c = TLanes.Load(center + j);
                TVector a = TLanes.Load(scale + j);
                TVector b = TLanes.Load(shift + j);
                nint at = j;
                for (int i = 0; i < height; i++, at += stride)
                    TLanes.Store(TLanes.MultiplyAdd(TLanes.Subtract(TLanes.Load(x + at), c), a, b), y + at);
            }
        }
    }

    private readonly struct AddProductsSweep(int rows, int columns, float* left, float* right, float* sums) : ILaneSweep
    {
        [MethodImpl(Hot.Loop)]
        public void Run<TLanes, TVector>(int from, int to)
            where TLanes : struct, ILaneArithmetic<TVector, float>
            where TVector : struct
        {
            float* x = left, y = right;
            int height = rows;
            nint stride = columns;
            for (int j = from; j < to; j += TLanes.Width)
            {
                TVector sum = TLanes.Load(sums + j);
                nint at = j;
                for (int i = 0; i < height; i++, at += stride)
                    sum = TLanes.MultiplyAdd(TLanes.Load(x + at), TLanes.Load(y + at), sum);
                TLanes.Store(sum, sums + j);
            }
        }
    }

    private readonly struct AddSquaresSweep(int rows, int columns, float* input, float* center, float* sums) : ILaneSweep
    {
        [MethodImpl(Hot.Loop)]
        public void Run<TLanes, TVector>(int from, int to)
            where TLanes : struct, ILaneArithmetic<TVector, float>
            where TVector : struct
        {
            float* x = input;
            int height = rows;
            nint stride = columns;
            for (int j = from; j < to; j += TLanes.Width)
            {
                TVector c = TLanes.Load(center + j);
                TVector sum = TLanes.Load(sums + j);
                nint at = j;
                for (int i = 0; i < height; i++, at += stride)
                {
                    TVector difference = TLanes.Subtract(TLanes.Load(x + at), c);
                    sum = TLanes.MultiplyAdd(difference, difference, sum);
                }
                TLanes.Store(sum, sums + j);
            }
        }
    }

    private readonly struct NormBackwardSweep(
        int rows, int columns, float* outer, float* normal, float* factor, float* mean, float* slope, float* inner, bool accumulate) : ILaneSweep
    {
        [MethodImpl(Hot.Loop)]
        public void Run<TLanes, TVector>(int from, int to)
            where TLanes : struct, ILaneArithmetic<TVector, float>
            where TVector : struct
        {
            float* dy = outer, n = normal, dx = inner;
            int height = rows;
            nint stride = columns;
            for (int j = from; j < to; j += TLanes.Width)
            {
                TVector f = TLanes.Load(factor + j);
                TVector m = TLanes.Load(mean + j);
                TVector s = TLanes.Load(slope + j);
                nint at = j;
                for (int i = 0; i < height; i++, at += stride)
                {
                    TVector rest = TLanes.Subtract(
                        TLanes.Subtract(TLanes.Load(dy + at), m), TLanes.Multiply(TLanes.Load(n + at), s));
                    TLanes.Store(TLanes.MultiplyAdd(f, rest, accumulate ? TLanes.Load(dx + at) : TLanes.Broadcast(0)), dx + at);
                }
            }
        }
    }
}
