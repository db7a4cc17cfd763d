using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ImageSig.Tensors.Kernels;

/// <summary>Sums: over rows in index order, along a row in one fixed order.</summary>
internal static unsafe partial class ReduceKernel
{
    /// <summary><c>sums[j] ← sums[j] + Σᵢ matrix[i, j]</c>, i in order.</summary>
    public static void AddRows(ReadOnlySpan<float> matrix, int rows, Span<float> sums)
    {
        fixed (float* from = matrix, to = sums)
        {
            int columns = sums.Length;
            int j = 0;
            if (Lanes.Use512)
                j = AddColumns<Lanes512<float>, Vector512<float>>(j, rows, columns, from, to);
            if (Lanes.Use256)
                j = AddColumns<Lanes256<float>, Vector256<float>>(j, rows, columns, from, to);
            j = AddColumns<Lanes128<float>, Vector128<float>>(j, rows, columns, from, to);
            for (; j < columns; j++)
            {
                float sum = to[j];
                for (int i = 0; i < rows; i++)
                    sum += from[(nint)i * columns + j];
                to[j] = sum;
            }
        }
    }

    /// <summary><c>sums ← sums + values</c>, element by element.</summary>
    public static void Add(ReadOnlySpan<float> values, Span<float> sums)
    {
        fixed (float* from = values, to = sums)
        {
            int i = 0;
            if (Lanes.Use512)
                i = AddFrom<Lanes512<float>, Vector512<float>>(i, sums.Length, from, to);
            if (Lanes.Use256)
                i = AddFrom<Lanes256<float>, Vector256<float>>(i, sums.Length, from, to);
            i = AddFrom<Lanes128<float>, Vector128<float>>(i, sums.Length, from, to);
            for (; i < sums.Length; i++)
                to[i] += from[i];
        }
    }

    [MethodImpl(Hot.Loop)]
    private static int AddColumns<TLanes, TVector>(int j, int rows, int columns, float* from, float* to)
        where TLanes : struct, ILanes<TVector, float>
        where TVector : struct
    {
        for (; j + TLanes.Width <= columns; j += TLanes.Width)
        {
            TVector sum = TLanes.Load(to + j);
            float* at = from + j;
            for (int i = 0; i < rows; i++, at += columns)
                sum = TLanes.Add(sum, TLanes.Load(at));
            TLanes.Store(sum, to + j);
        }
        return j;
    }

    [MethodImpl(Hot.Loop)]
    private static int AddFrom<TLanes, TVector>(int i, int length, float* from, float* to)
        where TLanes : struct, ILanes<TVector, float>
        where TVector : struct
    {
        for (; i + TLanes.Width <= length; i += TLanes.Width)
            TLanes.Store(TLanes.Add(TLanes.Load(to + i), TLanes.Load(from + i)), to + i);
        return i;
    }
}
