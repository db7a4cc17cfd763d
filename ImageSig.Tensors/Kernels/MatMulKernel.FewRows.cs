using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace ImageSig.Tensors.Kernels;

internal static unsafe partial class MatMulKernel
{
    /// <summary>Floats of a cache line.</summary>
    private const int LineFloats = 16;

    /// <summary>Floats from the row of B in use to the one whose lines are sent for. The weights of a large layer lie in the
    /// second-level cache, which registers of 512 bits empty faster than it follows by itself (a fifth of the time of 7680 x 50);
    /// at 256 bits it made no difference. A hint: it changes no result.</summary>
    private const int FetchAhead = 1024;

    /// <summary>A few rows against B where it lies, [k, n] with unit column stride: one image through a dense layer.</summary>
    /// <remarks>Four registers of columns go through all k together; lanes past the last column compute with what stands behind it
    /// and are dropped.</remarks>
    [MethodImpl(Hot.Loop)]
    private static void FewRows<TLanes, TVector>(
        int m, int n, int k, LeftMatrix a, RightMatrix b, TargetMatrix c, MatMulEpilogue epilogue)
        where TLanes : struct, ILanes<TVector, float>
        where TVector : struct
    {
        int block = 4 * TLanes.Width;
        float* sums = stackalloc float[64];
        for (int i = 0; i < m; i++)
        {
            for (int column = 0; column < n; column += block)
            {
                int columns = Math.Min(block, n - column);
                float* target = c.Row(i) + column;
                if (epilogue.Accumulate)
                    Copy(target, sums, columns);
                else if (epilogue.Bias != null)
                    Copy(epilogue.Bias + column, sums, columns);
                else
                    new Span<float>(sums, block).Clear();
                OneRow<TLanes, TVector>(k, a.Row(i), a.ColumnStride, b.Data + column, b.RowStride, sums, epilogue.Cap);
                Copy(sums, target, columns);
            }
        }
    }

    /// <summary><c>sums ← sums + Σₖ x[k] · B[k, …]</c> for four registers of columns.</summary>
    [MethodImpl(Hot.Loop)]
    private static void OneRow<TLanes, TVector>(int k, float* x, nint step, float* b, nint rowStride, float* sums, float cap)
        where TLanes : struct, ILanes<TVector, float>
        where TVector : struct
    {
        int width = TLanes.Width;
        TVector s0 = TLanes.Load(sums);
        TVector s1 = TLanes.Load(sums + width);
        TVector s2 = TLanes.Load(sums + 2 * width);
        TVector s3 = TLanes.Load(sums + 3 * width);
        for (int i = 0; i < k; i++, x += step, b += rowStride)
        {
            if (Sse.IsSupported && TLanes.Width == LineFloats)
            {
                Sse.Prefetch0(b + FetchAhead);
                Sse.Prefetch0(b + FetchAhead + LineFloats);
                Sse.Prefetch0(b + FetchAhead + 2 * LineFloats);
            }
            TVector left = TLanes.Broadcast(*x);
            s0 = TLanes.MultiplyAdd(left, TLanes.Load(b), s0);
            s1 = TLanes.MultiplyAdd(left, TLanes.Load(b + width), s1);
            s2 = TLanes.MultiplyAdd(left, TLanes.Load(b + 2 * width), s2);
            s3 = TLanes.MultiplyAdd(left, TLanes.Load(b + 3 * width), s3);
        }
        if (cap > 0)
        {
            TVector zero = TLanes.Broadcast(0);
            TVector most = TLanes.Broadcast(cap);
            s0 = TLanes.Minimum(TLanes.Maximum(s0, zero), most);
            s1 = TLanes.Minimum(TLanes.Maximum(s1, zero), most);
            s2 = TLanes.Minimum(TLanes.Maximum(s2, zero), most);
            s3 = TLanes.Minimum(TLanes.Maximum(s3, zero), most);
        }
        TLanes.Store(s0, sums);
        TLanes.Store(s1, sums + width);
        TLanes.Store(s2, sums + 2 * width);
        TLanes.Store(s3, sums + 3 * width);
    }
}
