using System.Numerics;
using System.Runtime.Intrinsics;
using ImageSig.Tensors.Kernels;

namespace ImageSig.Signature.Kernels;

/// <summary>Takes a batch of images to the widest vectors of this processor, one image at a time.</summary>
internal static class GridDispatch<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static void Forward(GridRequest<T> request, int batch, int threads)
    {
        if (Vector512.IsHardwareAccelerated)
            Run<Lanes512<T>, Vector512<T>>(request, batch, threads, back: false);
        else if (Vector256.IsHardwareAccelerated)
            Run<Lanes256<T>, Vector256<T>>(request, batch, threads, back: false);
        else
            Run<Lanes128<T>, Vector128<T>>(request, batch, threads, back: false);
    }

    public static void Backward(GridRequest<T> request, int batch, int threads)
    {
        if (Vector512.IsHardwareAccelerated)
            Run<Lanes512<T>, Vector512<T>>(request, batch, threads, back: true);
        else if (Vector256.IsHardwareAccelerated)
            Run<Lanes256<T>, Vector256<T>>(request, batch, threads, back: true);
        else
            Run<Lanes128<T>, Vector128<T>>(request, batch, threads, back: true);
    }

    /// <summary>The same with a width of the caller's choice.</summary>
    public static void Run<TLanes, TVector>(GridRequest<T> request, int batch, int threads, bool back)
        where TLanes : struct, ILanes<TVector, T>
        where TVector : struct
    {
        if (threads <= 1 || batch <= 1)
            for (int image = 0; image < batch; image++)
                One<TLanes, TVector>(request, image, back);
        else
            RunThreads<TLanes, TVector>(request, batch, threads, back);
    }

    private static void RunThreads<TLanes, TVector>(GridRequest<T> request, int batch, int threads, bool back)
        where TLanes : struct, ILanes<TVector, T>
        where TVector : struct =>
        Parallel.For(0, batch, new ParallelOptions { MaxDegreeOfParallelism = threads }, image => One<TLanes, TVector>(request, image, back));

    private static void One<TLanes, TVector>(in GridRequest<T> request, int image, bool back)
        where TLanes : struct, ILanes<TVector, T>
        where TVector : struct
    {
        if (back)
            SignatureLanes<TLanes, TVector, T>.BackwardGrid(request, image);
        else
            SignatureLanes<TLanes, TVector, T>.ForwardGrid(request, image);
    }
}
