using System.Collections.Concurrent;
using System.Numerics;
using ImageSig.Tensors;

namespace ImageSig.Signature.Kernels;

/// <summary>The gradients of a Gram matrix: for each left path all right ones, which threads may share. Of paths with themselves each two are worked on once, for both of their places in the matrix.</summary>
/// <remarks>A right path's shares come in the order of the left ones, and a left path's are added in the order of the right ones: the same bits for any number of threads.</remarks>
internal sealed unsafe class GramGradient<T>(int leftPoints, int rightPoints, int channels, int order, double decay)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Pairs for each thread before their left gradients are added, and numbers that these may take.</summary>
    private const int TurnsAtOnce = 16, MaxShares = 1 << 22;

    private readonly int _leftLength = leftPoints * channels;
    private readonly int _rightLength = rightPoints * channels;

    /// <summary>What pairs are worked on in: never more than threads work at once.</summary>
    private readonly ConcurrentBag<KernelGradient> _rooms = [];

    /// <summary>[B, T, C].</summary>
    public required T* Left { get; init; }

    /// <summary>[D, U, C].</summary>
    public required T* Right { get; init; }

    /// <summary>D.</summary>
    public required int RightBatch { get; init; }

    /// <summary>[B, D].</summary>
    public required T* Cotangents { get; init; }

    /// <summary>[B, T, C], added to.</summary>
    public required T* LeftGradients { get; init; }

    /// <summary>[D, U, C], added to.</summary>
    public required T* RightGradients { get; init; }

    /// <summary>Whether both batches are the same.</summary>
    public required bool IsSymmetric { get; init; }

    /// <summary>Adds the gradients of all pairs.</summary>
    /// <param name="leftBatch">B.</param>
    /// <param name="threads">1 or more.</param>
    public void AddAll(int leftBatch, int threads)
    {
        int block = threads == 1 ? 1 : (int)Math.Clamp((long)threads * TurnsAtOnce, 1, Math.Min(RightBatch, Math.Max(1, MaxShares / _leftLength)));
        // The left gradients of some pairs, before they are added.
        var shares = new T[block * _leftLength];
        for (int row = 0; row < leftBatch; row++)
            for (int first = IsSymmetric ? row : 0; first < RightBatch; first += block)
                AddSome(row, first, Math.Min(block, RightBatch - first), shares, threads);
    }

    private void AddSome(int row, int first, int count, T[] shares, int threads)
    {
        if (count == 1)
            AddPair(row, first, shares.AsSpan());
        else
            ParallelLoop.For(count, threads, turn => AddPair(row, first + turn, shares.AsSpan(turn * _leftLength, _leftLength)));
        for (int turn = 0; turn < count; turn++)
        {
            ReadOnlySpan<T> share = shares.AsSpan(turn * _leftLength, _leftLength);
            Add(share, Cotangents[CellOf(row, first + turn)], LeftGradients + (long)row * _leftLength);
            if (IsMirrored(row, first + turn))
                Add(share, Cotangents[CellOf(first + turn, row)], RightGradients + (long)row * _rightLength);
        }
    }

    /// <summary>What a pair is to its right path is added, what it is to its left one is put into its share.</summary>
    private void AddPair(int row, int column, Span<T> share)
    {
        if (!_rooms.TryTake(out KernelGradient? room))
            room = new(leftPoints, rightPoints, channels, order, decay);
        room.Compute(new ReadOnlySpan<T>(Left + (long)row * _leftLength, _leftLength), new ReadOnlySpan<T>(Right + (long)column * _rightLength, _rightLength));
        room.AddRight(new Span<T>(RightGradients + (long)column * _rightLength, _rightLength), Cotangents[CellOf(row, column)]);
        if (IsMirrored(row, column))
            room.AddRight(new Span<T>(LeftGradients + (long)column * _leftLength, _leftLength), Cotangents[CellOf(column, row)]);
        share[.._leftLength].Clear();
        room.AddLeft(share[.._leftLength], T.One);
        _rooms.Add(room);
    }

    /// <summary>Whether the pair stands for the one with its paths in turn as well.</summary>
    private bool IsMirrored(int row, int column) => IsSymmetric && row != column;

    private long CellOf(int row, int column) => (long)row * RightBatch + column;

    private static void Add(ReadOnlySpan<T> share, T factor, T* sum)
    {
        for (int index = 0; index < share.Length; index++)
            sum[index] += factor * share[index];
    }
}
