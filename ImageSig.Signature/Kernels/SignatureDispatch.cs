using System.Numerics;
using System.Runtime.Intrinsics;
using ImageSig.Tensors.Kernels;

namespace ImageSig.Signature.Kernels;

/// <summary>Takes a batch to the widest vectors of this processor, and its pieces to the threads.</summary>
internal static unsafe class SignatureDispatch<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Every signature of the batch. Pieces are fixed by the batch alone; threads only take turns at them.</summary>
    public static void Forward(ForwardRequest<T> request, int threads)
    {
        if (Vector512.IsHardwareAccelerated)
            Run<Lanes512<T>, Vector512<T>>(request, threads);
        else if (Vector256.IsHardwareAccelerated)
            Run<Lanes256<T>, Vector256<T>>(request, threads);
        else
            Run<Lanes128<T>, Vector128<T>>(request, threads);
    }

    /// <summary>The same with a width of the caller's choice.</summary>
    public static void Run<TLanes, TVector>(ForwardRequest<T> request, int threads)
        where TLanes : struct, ILanes<TVector, T>
        where TVector : struct
    {
        int pieces = SignatureLanes<TLanes, TVector, T>.Pieces(request);
        if (threads <= 1 || pieces <= 1)
            for (int piece = 0; piece < pieces; piece++)
                SignatureLanes<TLanes, TVector, T>.Forward(request, piece);
        else
            RunThreads<TLanes, TVector>(request, pieces, threads);
    }

    private static void RunThreads<TLanes, TVector>(ForwardRequest<T> request, int pieces, int threads)
        where TLanes : struct, ILanes<TVector, T>
        where TVector : struct =>
        Parallel.For(0, pieces, new ParallelOptions { MaxDegreeOfParallelism = threads },
            piece => SignatureLanes<TLanes, TVector, T>.Forward(request, piece));

    /// <summary>The gradients of the batch.</summary>
    public static void Backward(BackwardRequest<T> request, int threads)
    {
        if (Vector512.IsHardwareAccelerated)
            RunBack<Lanes512<T>, Vector512<T>>(request, threads);
        else if (Vector256.IsHardwareAccelerated)
            RunBack<Lanes256<T>, Vector256<T>>(request, threads);
        else
            RunBack<Lanes128<T>, Vector128<T>>(request, threads);
    }

    /// <summary>The same with a width of the caller's choice.</summary>
    public static void RunBack<TLanes, TVector>(BackwardRequest<T> request, int threads)
        where TLanes : struct, ILanes<TVector, T>
        where TVector : struct
    {
        int pieces = SignatureLanes<TLanes, TVector, T>.Pieces(request);
        if (threads <= 1 || pieces <= 1)
            for (int piece = 0; piece < pieces; piece++)
                SignatureLanes<TLanes, TVector, T>.Backward(request, piece);
        else
            RunBackThreads<TLanes, TVector>(request, pieces, threads);
    }

    private static void RunBackThreads<TLanes, TVector>(BackwardRequest<T> request, int pieces, int threads)
        where TLanes : struct, ILanes<TVector, T>
        where TVector : struct =>
        Parallel.For(0, pieces, new ParallelOptions { MaxDegreeOfParallelism = threads },
            piece => SignatureLanes<TLanes, TVector, T>.Backward(request, piece));

    /// <summary>Some words of every signature of the batch.</summary>
    public static void Selected(ForwardRequest<T> request, WordSet words, int threads)
    {
        if (Vector512.IsHardwareAccelerated)
            RunSelected<Lanes512<T>, Vector512<T>>(request, words, threads);
        else if (Vector256.IsHardwareAccelerated)
            RunSelected<Lanes256<T>, Vector256<T>>(request, words, threads);
        else
            RunSelected<Lanes128<T>, Vector128<T>>(request, words, threads);
    }

    private static void RunSelected<TLanes, TVector>(ForwardRequest<T> request, WordSet words, int threads)
        where TLanes : struct, ILanes<TVector, T>
        where TVector : struct
    {
        int pieces = (request.Batch + TLanes.Width - 1) / TLanes.Width;
        if (threads <= 1 || pieces <= 1)
            for (int piece = 0; piece < pieces; piece++)
                SignatureLanes<TLanes, TVector, T>.ForwardSelected(request, words, piece);
        else
            RunSelectedThreads<TLanes, TVector>(request, words, pieces, threads);
    }

    private static void RunSelectedThreads<TLanes, TVector>(ForwardRequest<T> request, WordSet words, int pieces, int threads)
        where TLanes : struct, ILanes<TVector, T>
        where TVector : struct =>
        Parallel.For(0, pieces, new ParallelOptions { MaxDegreeOfParallelism = threads },
            piece => SignatureLanes<TLanes, TVector, T>.ForwardSelected(request, words, piece));
}
