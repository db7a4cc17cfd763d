using System.Numerics;
using ImageSig.Tensors.Kernels;

namespace ImageSig.Signature.Kernels;

/// <summary>The log-signatures of a batch of paths. Those left over when the lanes are full, where they are few, have words in the lanes: their
/// signatures first, then their logarithms.</summary>
internal readonly unsafe struct LogarithmWork<T>(ForwardRequest<T> request, int threads) : ILaneWork<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>All of it with the widest vectors.</summary>
    public void Run() => LaneDispatch.Run<LogarithmWork<T>, T>(this);

    /// <summary>All of it with a width of the caller's choice.</summary>
    public void Run<TLanes, TVector>()
        where TLanes : struct, ILanes<TVector, T>
        where TVector : struct
    {
        ForwardRequest<T> full = request, few = FewInWords<TLanes, TVector>(request);
        full.Batch -= few.Batch;
        new SignatureDispatch<ForwardRequest<T>, T>(full, threads).Run<TLanes, TVector>();
        if (few.Batch > 0)
        {
            few.Result = Workspace.RentForSignatures<T>((long)few.Batch * few.Layout.Length);
            new SignatureDispatch<ForwardRequest<T>, T>(few, threads).Run<TLanes, TVector>();
            new LogarithmsOfSignatures<T>(request.Log!, few.Result, few.Batch, request.Result + (long)full.Batch * request.RowLength).Run<TLanes, TVector>();
        }
    }

    /// <summary>The signatures that are done with words in the lanes: the last paths, or none.</summary>
    public static ForwardRequest<T> FewInWords<TLanes, TVector>(ForwardRequest<T> request)
        where TLanes : struct, ILanes<TVector, T>
        where TVector : struct
    {
        SignatureLayout layout = request.Layout;
        int few = request.Stream ? 0 : SignatureLanes<TLanes, TVector, T>.RestInWords(request), first = request.Batch - few;
        request.Log = null;
        request.Batch = few;
        request.Paths += (long)first * request.Length * layout.Channels;
        if (request.Points != null)
            request.Points += (long)first * layout.Channels;
        if (request.Initial != null)
            request.Initial += (long)first * layout.Length;
        return request;
    }
}

/// <summary>The logarithms of signatures [B, F] in the plan's basis, one after the other.</summary>
internal readonly unsafe struct LogarithmsOfSignatures<T>(LogPlan plan, T* signatures, int batch, T* result) : ILaneWork<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>All of it with the widest vectors.</summary>
    public void Run() => LaneDispatch.Run<LogarithmsOfSignatures<T>, T>(this);

    /// <summary>All of it with a width of the caller's choice.</summary>
    public void Run<TLanes, TVector>()
        where TLanes : struct, ILanes<TVector, T>
        where TVector : struct
    {
        T* inner = Workspace.Rent<T>(plan.Layout.LevelOffset(plan.Layout.Depth));
        for (int index = 0; index < batch; index++)
            LogarithmKernel<TLanes, TVector, T>.LogOfOne(plan, signatures + (long)index * plan.Layout.Length, inner, result + (long)index * plan.Length);
    }
}
