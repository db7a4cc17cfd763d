using System.Buffers;
using System.Numerics;
using ImageSig.Tensors;
using ImageSig.Tensors.Kernels;

namespace ImageSig.Signature.Kernels;

/// <summary>The gradients of a Gram matrix: for each left path all right ones, which threads may share. Of paths with themselves each two are worked on once, for both of their places in the matrix.</summary>
/// <remarks>A right path's shares come in the order of the left ones, and a left path's are added in the order of the right ones: the same bits for any number of threads.</remarks>
internal sealed unsafe class GramGradient<T>(PathPairs<T> pairs)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Pairs for each thread before their left gradients are added, and numbers that these may take.</summary>
    private const int TurnsAtOnce = 64, MaxShares = 1 << 22;

    /// <summary>Of a cache line.</summary>
    private const int Alignment = 64;

    /// <summary>[B, D].</summary>
    public required T* Cotangents { get; init; }

    /// <summary>[B, T, C], added to.</summary>
    public required T* LeftGradients { get; init; }

    /// <summary>[D, U, C], added to.</summary>
    public required T* RightGradients { get; init; }

    /// <summary>Adds the gradients of all pairs, and writes their kernels where the pairs have a result.</summary>
    /// <param name="leftBatch">B.</param>
    /// <param name="threads">1 or more.</param>
    /// <exception cref="ArgumentException">The fine grid is larger than an array.</exception>
    public void AddAll(int leftBatch, int threads)
    {
        pairs.CheckGradientMemory();
        int block = (int)Math.Clamp((long)threads * TurnsAtOnce, 1, Math.Min(pairs.RightBatch, Math.Max(1, MaxShares / pairs.LeftLength)));
        // The left gradients of some pairs, before they are added.
        fixed (T* shares = new T[block * pairs.LeftLength])
            for (int row = 0; row < leftBatch; row++)
                for (int first = pairs.IsSymmetric ? row : 0; first < pairs.RightBatch; first += block)
                    AddSome(row, first, Math.Min(block, pairs.RightBatch - first), shares, threads);
    }

    private void AddSome(int row, int first, int count, T* shares, int threads)
    {
        int width = pairs.GradientWidth((count - 1) / threads + 1, LaneDispatch.Width<double>()), groups = (count - 1) / width + 1;
        ParallelLoop.For(groups, threads, AddGroup);
        for (int turn = 0; turn < count; turn++)
        {
            T* share = shares + turn * pairs.LeftLength;
            Add(share, Cotangents[CellOf(row, first + turn)], LeftGradients + (long)row * pairs.LeftLength);
            if (IsMirrored(row, first + turn))
                Add(share, Cotangents[CellOf(first + turn, row)], RightGradients + (long)row * pairs.RightLength);
        }

        void AddGroup(int group)
        {
            int start = group * width, some = Math.Min(width, count - start);
            LaneDispatch.RunFewest<GroupWork, double>(new(this, row, first + start, some, shares + start * pairs.LeftLength), some);
        }
    }

    private readonly struct GroupWork(GramGradient<T> gram, int row, int first, int count, T* shares) : ILaneWork<double>
    {
        public void Run<TLanes, TVector>()
            where TLanes : struct, ILanes<TVector, double>
            where TVector : struct => gram.AddGroup<TLanes, TVector>(row, first, count, shares);
    }

    /// <summary>What pairs of one left path are to their right ones is added, what they are to the left one is put into their shares.</summary>
    private void AddGroup<TLanes, TVector>(int row, int first, int count, T* shares)
        where TLanes : struct, ILanes<TVector, double>
        where TVector : struct
    {
        int needed = (int)pairs.GradientNumbers(TLanes.Width) + Alignment / sizeof(double);
        double[] room = ArrayPool<double>.Shared.Rent(needed);
        fixed (double* memory = room)
        {
            KernelGradient<TLanes, TVector, T> gradient = new(pairs, (double*)(((nuint)memory + Alignment - 1) & ~(nuint)(Alignment - 1)));
            gradient.Compute(row, first, count);
            for (int lane = 0; lane < count; lane++)
            {
                int column = first + lane;
                gradient.AddRight(lane, RightGradients + (long)column * pairs.RightLength, Cotangents[CellOf(row, column)]);
                if (IsMirrored(row, column))
                    gradient.AddRight(lane, LeftGradients + (long)column * pairs.LeftLength, Cotangents[CellOf(column, row)]);
                gradient.CopyLeft(lane, shares + lane * pairs.LeftLength);
                if (pairs.Result != null)
                    pairs.Result[CellOf(row, column)] = gradient.Value(lane);
            }
        }
        ArrayPool<double>.Shared.Return(room);
    }

    /// <summary>Whether the pair stands for the one with its paths in turn as well.</summary>
    private bool IsMirrored(int row, int column) => pairs.IsSymmetric && row != column;

    private long CellOf(int row, int column) => (long)row * pairs.RightBatch + column;

    private void Add(T* share, T factor, T* sum)
    {
        for (int index = 0; index < pairs.LeftLength; index++)
            sum[index] += factor * share[index];
    }
}
