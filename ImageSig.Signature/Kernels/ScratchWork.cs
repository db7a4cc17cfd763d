using System.Numerics;
using ImageSig.Tensors.Kernels;

namespace ImageSig.Signature.Kernels;

/// <summary>How many numbers of working memory all threads together would take for a request, whose arrays are not looked at.</summary>
internal readonly unsafe struct ScratchWork<T>(ForwardRequest<T> request, bool isBackward, int threads, long* numbers) : ILaneWork<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The answer for the vectors that would be taken.</summary>
    public static long Of(ForwardRequest<T> request, bool isBackward, int threads)
    {
        if (typeof(T) != typeof(float) && typeof(T) != typeof(double))
            return ScalarSignature.ScratchLength(request);
        long numbers;
        ScratchWork<T> work = new(request, isBackward, threads, &numbers);
        if (isBackward)
            LaneDispatch.RunFew<ScratchWork<T>, T>(work, request.Batch);
        else
            LaneDispatch.Run<ScratchWork<T>, T>(work);
        return numbers;
    }

    /// <summary>The answer for a width of the caller's choice.</summary>
    public void Run<TLanes, TVector>()
        where TLanes : struct, ILanes<TVector, T>
        where TVector : struct
    {
        if (isBackward)
        {
            *numbers = Math.Min(threads, new BackwardRequest<T> { Forward = request }.Count<TLanes, TVector>()) * SignatureLanes<TLanes, TVector, T>.BackScratchLength(request);
            return;
        }
        ForwardRequest<T> full = request, few = request.Log is null ? default : LogarithmWork<T>.FewInWords<TLanes, TVector>(request);
        long signatures = 0, ofFew = 0;
        int pieces = 0;
        if (few.Batch > 0)
        {
            full.Batch -= few.Batch;
            signatures = (long)few.Batch * few.Layout.Length;
            ofFew = Math.Max(SignatureLanes<TLanes, TVector, T>.ScratchLength(few), few.Layout.LevelOffset(few.Layout.Depth));
            pieces = few.Count<TLanes, TVector>();
        }
        pieces = Math.Max(pieces, full.Count<TLanes, TVector>());
        *numbers = signatures + Math.Min(threads, pieces) * Math.Max(ofFew, SignatureLanes<TLanes, TVector, T>.ScratchLength(full));
    }
}
