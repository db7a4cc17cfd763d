using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ImageSig.Tensors.Kernels;

internal static unsafe partial class MatMulKernel
{
    /// <summary>A few rows against B where it lies, [k, n] with unit column stride: one image through a dense layer.</summary>
    /// <remarks>What no whole register covers goes to narrower registers, and the last columns to single floats.</remarks>
    private static void MultiplyFewRows(
        int m, int n, int k, LeftMatrix a, RightMatrix b, TargetMatrix c, MatMulEpilogue epilogue)
    {
        for (int i = 0; i < m; i++)
        {
            float* row = a.Row(i);
            float* target = c.Row(i);
            if (!epilogue.Accumulate)
            {
                if (epilogue.Bias != null)
                    new ReadOnlySpan<float>(epilogue.Bias, n).CopyTo(new Span<float>(target, n));
                else
                    new Span<float>(target, n).Clear();
            }
            int column = 0;
            if (Lanes.Use512 && n - column >= Vector512<float>.Count)
                column = OneRow<Lanes512, Vector512<float>>(n, column, k, row, a.ColumnStride, b, target, epilogue.Relu);
            if (Lanes.Use256 && n - column >= Vector256<float>.Count)
                column = OneRow<Lanes256, Vector256<float>>(n, column, k, row, a.ColumnStride, b, target, epilogue.Relu);
            if (n - column >= Vector128<float>.Count)
                column = OneRow<Lanes128, Vector128<float>>(n, column, k, row, a.ColumnStride, b, target, epilogue.Relu);
            for (; column < n; column++)
            {
                float sum = target[column];
                for (int step = 0; step < k; step++)
                    sum = Lanes.MultiplyAdd(row[step * a.ColumnStride], b.Data[step * b.RowStride + column], sum);
                target[column] = epilogue.Relu && !(sum > 0) ? 0 : sum;
            }
        }
    }

    /// <summary>As many whole registers of columns as there are from <paramref name="column"/> on; returns the first column left.</summary>
    private static int OneRow<TLanes, TVector>(
        int n, int column, int k, float* row, nint step, RightMatrix b, float* c, bool relu)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        int width = TLanes.Width;
        TVector zero = TLanes.Broadcast(0);
        for (; column + 4 * width <= n; column += 4 * width)
        {
            float* from = b.Data + column;
            TVector s0 = TLanes.Load(c + column);
            TVector s1 = TLanes.Load(c + column + width);
            TVector s2 = TLanes.Load(c + column + 2 * width);
            TVector s3 = TLanes.Load(c + column + 3 * width);
            float* x = row;
            for (int i = 0; i < k; i++, x += step, from += b.RowStride)
            {
                TVector left = TLanes.Broadcast(*x);
                s0 = TLanes.MultiplyAdd(left, TLanes.Load(from), s0);
                s1 = TLanes.MultiplyAdd(left, TLanes.Load(from + width), s1);
                s2 = TLanes.MultiplyAdd(left, TLanes.Load(from + 2 * width), s2);
                s3 = TLanes.MultiplyAdd(left, TLanes.Load(from + 3 * width), s3);
            }
            TLanes.Store(relu ? TLanes.Maximum(s0, zero) : s0, c + column);
            TLanes.Store(relu ? TLanes.Maximum(s1, zero) : s1, c + column + width);
            TLanes.Store(relu ? TLanes.Maximum(s2, zero) : s2, c + column + 2 * width);
            TLanes.Store(relu ? TLanes.Maximum(s3, zero) : s3, c + column + 3 * width);
        }
        for (; column + width <= n; column += width)
        {
            float* from = b.Data + column;
            TVector sum = TLanes.Load(c + column);
            float* x = row;
            for (int i = 0; i < k; i++, x += step, from += b.RowStride)
                sum = TLanes.MultiplyAdd(TLanes.Broadcast(*x), TLanes.Load(from), sum);
            TLanes.Store(relu ? TLanes.Maximum(sum, zero) : sum, c + column);
        }
        return column;
    }
}
