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
    /// <remarks>Four registers of columns go through all k together, or eight where those are narrower than a cache line and the columns fill more than four: each sum waits
    /// for the one before it, so more of them cost nothing, and B is read once. Lanes past the last column compute with what stands behind it and are dropped.</remarks>
    [MethodImpl(Hot.Loop)]
    private static void FewRows<TLanes, TVector>(
        int m, int n, int k, LeftMatrix a, RightMatrix b, TargetMatrix c, MatMulEpilogue epilogue)
        where TLanes : struct, ILanes<TVector, float>
        where TVector : struct
    {
        float* sums = stackalloc float[64];
        for (int i = 0; i < m; i++)
        {
            int columns;
            for (int column = 0; column < n; column += columns)
            {
                bool wide = TLanes.Width < LineFloats && n - column > 4 * TLanes.Width;
                int block = (wide ? 8 : 4) * TLanes.Width;
                columns = Math.Min(block, n - column);
                float* target = c.Row(i) + column;
                if (epilogue.Accumulate)
                    Copy(target, sums, columns);
                else if (epilogue.Bias != null)
                    Copy(epilogue.Bias + column, sums, columns);
                else
                    new Span<float>(sums, block).Clear();
                if (wide)
                    OneWideRow<TLanes, TVector>(k, a.Row(i), a.ColumnStride, b.Data + column, b.RowStride, sums);
                else
                    OneRow<TLanes, TVector>(k, a.Row(i), a.ColumnStride, b.Data + column, b.RowStride, sums);
                if (epilogue.Cap > 0)
                    Clamp<TLanes, TVector>(sums, block, epilogue.Cap);
                Copy(sums, target, columns);
            }
        }
    }

    /// <summary><c>sums ← min(max(sums, 0), cap)</c>.</summary>
    [MethodImpl(Hot.Loop)]
    private static void Clamp<TLanes, TVector>(float* sums, int count, float cap)
        where TLanes : struct, ILanes<TVector, float>
        where TVector : struct
    {
        for (int i = 0; i < count; i += TLanes.Width)
            TLanes.Store(TLanes.Minimum(TLanes.Maximum(TLanes.Load(sums + i), TLanes.Broadcast(0)), TLanes.Broadcast(cap)), sums + i);
    }

    /// <summary><c>sums ← sums + Σₖ x[k] · B[k, …]</c> for four registers of columns.</summary>
    [MethodImpl(Hot.Loop)]
    private static void OneRow<TLanes, TVector>(int k, float* x, nint step, float* b, nint rowStride, float* sums)
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
        TLanes.Store(s0, sums);
        TLanes.Store(s1, sums + width);
        TLanes.Store(s2, sums + 2 * width);
        TLanes.Store(s3, sums + 3 * width);
    }

    /// <summary>The same for eight registers of columns.</summary>
    [MethodImpl(Hot.Loop)]
    private static void OneWideRow<TLanes, TVector>(int k, float* x, nint step, float* b, nint rowStride, float* sums)
        where TLanes : struct, ILanes<TVector, float>
        where TVector : struct
    {
        int width = TLanes.Width;
        TVector s0 = TLanes.Load(sums), s1 = TLanes.Load(sums + width), s2 = TLanes.Load(sums + 2 * width), s3 = TLanes.Load(sums + 3 * width);
        TVector s4 = TLanes.Load(sums + 4 * width), s5 = TLanes.Load(sums + 5 * width), s6 = TLanes.Load(sums + 6 * width), s7 = TLanes.Load(sums + 7 * width);
        for (int i = 0; i < k; i++, x += step, b += rowStride)
        {
            TVector left = TLanes.Broadcast(*x);
            (s0, s1) = (TLanes.MultiplyAdd(left, TLanes.Load(b), s0), TLanes.MultiplyAdd(left, TLanes.Load(b + width), s1));
            (s2, s3) = (TLanes.MultiplyAdd(left, TLanes.Load(b + 2 * width), s2), TLanes.MultiplyAdd(left, TLanes.Load(b + 3 * width), s3));
            (s4, s5) = (TLanes.MultiplyAdd(left, TLanes.Load(b + 4 * width), s4), TLanes.MultiplyAdd(left, TLanes.Load(b + 5 * width), s5));
            (s6, s7) = (TLanes.MultiplyAdd(left, TLanes.Load(b + 6 * width), s6), TLanes.MultiplyAdd(left, TLanes.Load(b + 7 * width), s7));
        }
        TLanes.Store(s0, sums);
        TLanes.Store(s1, sums + width);
        TLanes.Store(s2, sums + 2 * width);
        TLanes.Store(s3, sums + 3 * width);
        TLanes.Store(s4, sums + 4 * width);
        TLanes.Store(s5, sums + 5 * width);
        TLanes.Store(s6, sums + 6 * width);
        TLanes.Store(s7, sums + 7 * width);
    }
}
