using System.Collections.Concurrent;
using System.Numerics;
using ImageSig.Tensors;

namespace ImageSig.Signature.Kernels;

/// <summary>The gradients of a Gram matrix: for each left path all right ones, which threads may share.</summary>
/// <remarks>A right path's shares come in the order of the left ones, and a left path's are added in the order of the right ones: the same bits for any number of threads.</remarks>
internal sealed unsafe class GramGradient<T>(int leftPoints, int rightPoints, int channels, int order)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Pairs for each thread before their left gradients are added, and numbers that these may take.</summary>
    private const int TurnsAtOnce = 16, MaxShares = 1 << 22;

    private readonly int _leftLength = leftPoints * channels;
    private readonly int _rightLength = rightPoints * channels;

    /// <summary>What pairs are worked on in: never more than threads work at once.</summary>
    private readonly ConcurrentBag<KernelGradient> _rooms = [];

    /// <summary>The left gradients of a few pairs, before they are added.</summary>
    private T[] _shares = [];

    /// <summary>[D, U, C].</summary>
    public required T* Right { get; init; }

    /// <summary>[D, U, C], added to.</summary>
    public required T* RightGradients { get; init; }

    /// <summary>D.</summary>
    public required int RightBatch { get; init; }

    /// <summary>The gradients of one left path with all right ones.</summary>
    /// <param name="left">[T, C].</param>
    /// <param name="cotangents">[D].</param>
    /// <param name="leftGradient">[T, C], added to.</param>
    /// <param name="threads">1 or more.</param>
    public void AddRow(T* left, T* cotangents, T* leftGradient, int threads)
    {
        if (threads == 1 || RightBatch == 1)
        {
            for (int column = 0; column < RightBatch; column++)
                AddPair(left, column, cotangents[column], new Span<T>(leftGradient, _leftLength));
            return;
        }
        int block = (int)Math.Clamp((long)threads * TurnsAtOnce, 1, Math.Min(RightBatch, Math.Max(1, MaxShares / _leftLength)));
        if (_shares.Length == 0)
            _shares = new T[block * _leftLength];
        for (int first = 0; first < RightBatch; first += block)
        {
            int start = first, count = Math.Min(block, RightBatch - first);
            Array.Clear(_shares);
            ParallelLoop.For(count, threads, turn => AddPair(left, start + turn, cotangents[start + turn], _shares.AsSpan(turn * _leftLength, _leftLength)));
            for (int index = 0; index < count * _leftLength; index++)
                leftGradient[index % _leftLength] += _shares[index];
        }
    }

    private void AddPair(T* left, int column, T cotangent, Span<T> leftGradient)
    {
        if (!_rooms.TryTake(out KernelGradient? room))
            room = new(leftPoints, rightPoints, channels, order);
        room.Compute(new ReadOnlySpan<T>(left, _leftLength), new ReadOnlySpan<T>(Right + (long)column * _rightLength, _rightLength));
        room.AddTo(leftGradient, new Span<T>(RightGradients + (long)column * _rightLength, _rightLength), cotangent);
        _rooms.Add(room);
    }
}
