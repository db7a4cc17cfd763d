using System.Numerics;

namespace ImageSig.Signature.Kernels;

/// <summary>The gradients of a Gram matrix: for each left path all right ones, which threads may share.</summary>
/// <remarks>A right path's shares come in the order of the left ones, and a left path's are added in the order of the right ones: the same bits for any number of threads.</remarks>
internal sealed unsafe class GramGradient<T>(int leftPoints, int rightPoints, int channels, int order)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly int _leftLength = leftPoints * channels;
    private readonly int _rightLength = rightPoints * channels;

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
    /// <param name="own">What each thread works in.</param>
    public void AddRow(T* left, T* cotangents, T* leftGradient, int threads, ThreadLocal<KernelGradient> own)
    {
        if (threads == 1 || RightBatch == 1)
        {
            for (int column = 0; column < RightBatch; column++)
                AddPair(left, column, cotangents[column], new Span<T>(leftGradient, _leftLength), own.Value!);
            return;
        }
        T[] shares = new T[(long)RightBatch * _leftLength];
        Turns.Take(RightBatch, threads, column => AddPair(left, column, cotangents[column], shares.AsSpan(column * _leftLength, _leftLength), own.Value!));
        for (int index = 0; index < shares.Length; index++)
            leftGradient[index % _leftLength] += shares[index];
    }

    /// <summary>What a thread works in.</summary>
    public KernelGradient Room() => new(leftPoints, rightPoints, channels, order);

    private void AddPair(T* left, int column, T cotangent, Span<T> leftGradient, KernelGradient gradient)
    {
        gradient.Compute(new ReadOnlySpan<T>(left, _leftLength), new ReadOnlySpan<T>(Right + (long)column * _rightLength, _rightLength));
        gradient.AddTo(leftGradient, new Span<T>(RightGradients + (long)column * _rightLength, _rightLength), cotangent);
    }
}
