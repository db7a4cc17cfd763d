using System.Runtime.CompilerServices;

namespace ImageSig.Tensors.Kernels;

/// <summary>Sums: over rows in index order, along a row in one fixed order.</summary>
internal static unsafe partial class ReduceKernel
{
    /// <summary><c>sums[j] ← sums[j] + Σᵢ matrix[i, j]</c>, i in order.</summary>
    public static void AddRows(ReadOnlySpan<float> matrix, int rows, Span<float> sums)
    {
        fixed (float* from = matrix, to = sums)
            LaneDispatch.Sweep(sums.Length, new AddRowsSweep(from, rows, sums.Length, to));
    }

    /// <summary><c>sums ← sums + values</c>, element by element.</summary>
    public static void Add(ReadOnlySpan<float> values, Span<float> sums)
    {
        fixed (float* from = values, to = sums)
            LaneDispatch.Sweep(sums.Length, new AddSweep(from, to));
    }

    private readonly struct AddRowsSweep(float* matrix, int rows, int columns, float* sums) : ILaneSweep
    {
        [MethodImpl(Hot.Loop)]
        public void Run<TLanes, TVector>(int from, int to)
            where TLanes : struct, ILaneArithmetic<TVector, float>
            where TVector : struct
        {
            int height = rows;
            nint stride = columns;
            for (int j = from; j < to; j += TLanes.Width)
            {
                TVector sum = TLanes.Load(sums + j);
                float* at = matrix + j;
                for (int i = 0; i < height; i++, at += stride)
                    sum = TLanes.Add(sum, TLanes.Load(at));
                TLanes.Store(sum, sums + j);
            }
        }
    }

    private readonly struct AddSweep(float* values, float* sums) : ILaneSweep
    {
        [MethodImpl(Hot.Loop)]
        public void Run<TLanes, TVector>(int from, int to)
            where TLanes : struct, ILaneArithmetic<TVector, float>
            where TVector : struct
        {
            float* x = values, y = sums;
            for (int i = from; i < to; i += TLanes.Width)
                TLanes.Store(TLanes.Add(TLanes.Load(y + i), TLanes.Load(x + i)), y + i);
        }
    }
}
