using System.Numerics;
using ImageSig.Tensors;
using ImageSig.Tensors.Kernels;

namespace ImageSig.Signature.Kernels;

/// <summary>A batch as pieces that do not depend on each other, fixed by the batch and the register width alone.</summary>
internal interface IPieces<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>How many there are.</summary>
    public int Count<TLanes, TVector>()
        where TLanes : struct, ILanes<TVector, T>
        where TVector : struct;

    /// <summary>Does piece <paramref name="piece"/>.</summary>
    public void Do<TLanes, TVector>(int piece)
        where TLanes : struct, ILanes<TVector, T>
        where TVector : struct;
}

/// <summary>Takes the pieces of a batch to the widest vectors of this processor, and to the threads, which only take turns at them.</summary>
internal struct SignatureDispatch<TPieces, T>(TPieces pieces, int threads) : ILaneWork<T>
    where TPieces : struct, IPieces<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>All pieces with the widest vectors.</summary>
    public readonly void Run() => LaneDispatch.Run<SignatureDispatch<TPieces, T>, T>(this);

    /// <summary>All pieces with the widest vectors that <paramref name="count"/> numbers, a batch's or a pixel's, fill by more than half.</summary>
    public readonly void Run(int count) => LaneDispatch.RunFew<SignatureDispatch<TPieces, T>, T>(this, count);

    /// <summary>All pieces with a width of the caller's choice.</summary>
    public void Run<TLanes, TVector>()
        where TLanes : struct, ILanes<TVector, T>
        where TVector : struct
    {
        int count = pieces.Count<TLanes, TVector>();
        if (threads <= 1 || count <= 1)
            for (int piece = 0; piece < count; piece++)
                pieces.Do<TLanes, TVector>(piece);
        else
            RunThreads<TLanes, TVector>(pieces, count, threads);
    }

    private static void RunThreads<TLanes, TVector>(TPieces all, int count, int threads)
        where TLanes : struct, ILanes<TVector, T>
        where TVector : struct =>
        ParallelLoop.For(count, threads, piece => all.Do<TLanes, TVector>(piece));
}
