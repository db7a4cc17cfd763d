using System.Runtime.CompilerServices;

namespace ImageSig.Tensors.Kernels;

/// <summary>Batch normalization of a matrix and an activation that cuts its results; lanes are columns. Nothing as large as the matrix is kept for the way back: the
/// normal rows <c>n[i, j] = (x[i, j] − mean[j]) · inverse[j]</c> are computed wherever they are needed.</summary>
internal static unsafe class BatchNormKernel
{
    /// <summary>Numbers of a block of rows, all columns of which are done before the next: 16 KB of each matrix, which stay in the caches.</summary>
    private const int BlockNumbers = 4096;

    /// <summary><c>y[i, j] = cut(n[i, j] · scale[j] + shift[j])</c>.</summary>
    /// <param name="cap"><see cref="ActivationKernel.CapOf"/>.</param>
    public static void Forward(
        ReadOnlySpan<float> input, ReadOnlySpan<float> mean, ReadOnlySpan<float> inverse, ReadOnlySpan<float> scale, ReadOnlySpan<float> shift, float cap,
        Span<float> output)
    {
        fixed (float* x = input, m = mean, f = inverse, a = scale, b = shift, y = output)
            LaneDispatch.Sweep(mean.Length, new ForwardSweep(input.Length / mean.Length, mean.Length, x, m, f, a, b, cap, y));
    }

    /// <summary>Sets the gradient to zero where the forward result was cut, and adds to <c>sums[j] ← sums[j] + Σᵢ dy[i, j]</c> and
    /// <c>slopes[j] ← slopes[j] + Σᵢ dy[i, j] · n[i, j]</c>, i in order.</summary>
    public static void AddSlopes(
        ReadOnlySpan<float> input, ReadOnlySpan<float> mean, ReadOnlySpan<float> inverse, ReadOnlySpan<float> output, float cap, Span<float> outer,
        Span<float> sums, Span<float> slopes)
    {
        fixed (float* x = input, m = mean, f = inverse, y = output, dy = outer, s = sums, t = slopes)
            LaneDispatch.Sweep(mean.Length, new AddSlopesSweep(input.Length / mean.Length, mean.Length, x, m, f, y, cap, dy, s, t));
    }

    /// <summary><c>dx[i, j] ← (accumulate ? dx[i, j] : 0) + factor[j] · (dy[i, j] − sum[j] − n[i, j] · slope[j])</c>.</summary>
    public static void Backward(
        ReadOnlySpan<float> input, ReadOnlySpan<float> mean, ReadOnlySpan<float> inverse, ReadOnlySpan<float> factor, ReadOnlySpan<float> sum,
        ReadOnlySpan<float> slope, ReadOnlySpan<float> outer, Span<float> inner, bool accumulate)
    {
        fixed (float* x = input, m = mean, f = inverse, a = factor, s = sum, t = slope, dy = outer, dx = inner)
            LaneDispatch.Sweep(mean.Length, new BackwardSweep(input.Length / mean.Length, mean.Length, x, m, f, a, s, t, dy, dx, accumulate));
    }

    /// <summary>Rows of a block.</summary>
    private static int RowsAtOnce(int columns) => Math.Max(1, BlockNumbers / columns);

    /// <summary>Normal numbers of one column.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Normal<TLanes, TVector>(TVector x, TVector mean, TVector inverse)
        where TLanes : struct, ILaneArithmetic<TVector, float>
        where TVector : struct => TLanes.MultiplyAdd(TLanes.Subtract(x, mean), inverse, TLanes.Broadcast(0));

    private readonly struct ForwardSweep(
        int rows, int columns, float* input, float* mean, float* inverse, float* scale, float* shift, float cap, float* output) : ILaneSweep
    {
        [MethodImpl(Hot.Loop)]
        public void Run<TLanes, TVector>(int from, int to)
            where TLanes : struct, ILaneArithmetic<TVector, float>
            where TVector : struct
        {
            float* x = input, y = output;
            int block = RowsAtOnce(columns);
            nint stride = columns;
            bool isCut = cap > 0;
            TVector zero = TLanes.Broadcast(0), most = TLanes.Broadcast(cap);
            for (int first = 0; first < rows; first += block)
            {
                int height = Math.Min(block, rows - first);
                for (int j = from; j < to; j += TLanes.Width)
                {
                    TVector m = TLanes.Load(mean + j), f = TLanes.Load(inverse + j), a = TLanes.Load(scale + j), b = TLanes.Load(shift + j);
                    nint at = first * stride + j;
                    for (int i = 0; i < height; i++, at += stride)
                    {
                        TVector value = TLanes.MultiplyAdd(Normal<TLanes, TVector>(TLanes.Load(x + at), m, f), a, b);
                        TLanes.Store(isCut ? TLanes.Minimum(TLanes.Maximum(value, zero), most) : value, y + at);
                    }
                }
            }
        }
    }

    private readonly struct AddSlopesSweep(
        int rows, int columns, float* input, float* mean, float* inverse, float* output, float cap, float* outer, float* sums, float* slopes) : ILaneSweep
    {
        [MethodImpl(Hot.Loop)]
        public void Run<TLanes, TVector>(int from, int to)
            where TLanes : struct, ILaneArithmetic<TVector, float>
            where TVector : struct
        {
            float* x = input, y = output, dy = outer;
            int block = RowsAtOnce(columns);
            nint stride = columns;
            bool isCut = cap > 0, isCapped = isCut && float.IsFinite(cap);
            TVector zero = TLanes.Broadcast(0), most = TLanes.Broadcast(cap);
            for (int first = 0; first < rows; first += block)
            {
                int height = Math.Min(block, rows - first);
                for (int j = from; j < to; j += TLanes.Width)
                {
                    TVector m = TLanes.Load(mean + j), f = TLanes.Load(inverse + j), sum = TLanes.Load(sums + j), slope = TLanes.Load(slopes + j);
                    nint at = first * stride + j;
                    for (int i = 0; i < height; i++, at += stride)
                    {
                        TVector gradient = TLanes.Load(dy + at);
                        if (isCut)
                        {
                            TVector result = TLanes.Load(y + at);
                            gradient = TLanes.And(gradient, TLanes.GreaterThan(result, zero));
                            if (isCapped)
                                gradient = TLanes.And(gradient, TLanes.GreaterThan(most, result));
                            TLanes.Store(gradient, dy + at);
                        }
                        sum = TLanes.Add(sum, gradient);
                        slope = TLanes.MultiplyAdd(gradient, Normal<TLanes, TVector>(TLanes.Load(x + at), m, f), slope);
                    }
                    TLanes.Store(sum, sums + j);
                    TLanes.Store(slope, slopes + j);
                }
            }
        }
    }

    private readonly struct BackwardSweep(
        int rows, int columns, float* input, float* mean, float* inverse, float* factor, float* sum, float* slope, float* outer, float* inner, bool accumulate)
        : ILaneSweep
    {
        [MethodImpl(Hot.Loop)]
        public void Run<TLanes, TVector>(int from, int to)
            where TLanes : struct, ILaneArithmetic<TVector, float>
            where TVector : struct
        {
            float* x = input, dy = outer, dx = inner;
            int block = RowsAtOnce(columns);
            nint stride = columns;
            for (int first = 0; first < rows; first += block)
            {
                int height = Math.Min(block, rows - first);
                for (int j = from; j < to; j += TLanes.Width)
                {
                    TVector m = TLanes.Load(mean + j), f = TLanes.Load(inverse + j);
                    TVector a = TLanes.Load(factor + j), s = TLanes.Load(sum + j), t = TLanes.Load(slope + j);
                    nint at = first * stride + j;
                    for (int i = 0; i < height; i++, at += stride)
                    {
                        TVector rest = TLanes.Subtract(
                            TLanes.Subtract(TLanes.Load(dy + at), s), TLanes.Multiply(Normal<TLanes, TVector>(TLanes.Load(x + at), m, f), t));
                        TLanes.Store(TLanes.MultiplyAdd(a, rest, accumulate ? TLanes.Load(dx + at) : TLanes.Broadcast(0)), dx + at);
                    }
                }
            }
        }
    }
}
