using System.Numerics;
using ImageSig.Tensors.Kernels;

namespace ImageSig.Signature.Kernels;

/// <summary>The log-signatures of a batch of paths. Those left over when the lanes are full, where they are few, have words in the lanes: their
/// signatures first, then their logarithms.</summary>
internal readonly unsafe struct LogarithmWork<T>(ForwardRequest<T> request, int threads) : ILaneWork<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Numbers of a signature at hand up to which as many as a register has lanes are taken side by side; longer ones have words in the lanes.</summary>
    private const int SideBySide = 1 << 14;

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
            T* signatures = few.Initial;
            if (!request.IsAtHand)
            {
                signatures = few.Result = Workspace.RentForSignatures<T>((long)few.Batch * few.Layout.Length);
                new SignatureDispatch<ForwardRequest<T>, T>(few, threads).Run<TLanes, TVector>();
            }
            LogarithmsOfSignatures<T> logarithms = new(request.Log!, signatures, few.Batch, request.Result + (long)full.Batch * request.RowLength);
            new SignatureDispatch<LogarithmsOfSignatures<T>, T>(logarithms, threads).Run<TLanes, TVector>();
        }
    }

    /// <summary>The signatures that are done with words in the lanes: the last paths, or none.</summary>
    public static ForwardRequest<T> FewInWords<TLanes, TVector>(ForwardRequest<T> request)
        where TLanes : struct, ILanes<TVector, T>
        where TVector : struct
    {
        SignatureLayout layout = request.Layout;
        int few = request.Stream ? 0 : request.IsAtHand ? FewAtHand(request, TLanes.Width) : SignatureLanes<TLanes, TVector, T>.RestInWords(request), first = request.Batch - few;
        request.Log = null;
        request.Batch = few;
        request.Paths += (long)first * request.Length * layout.Channels;
        if (request.Points != null)
            request.Points += (long)first * layout.Channels;
        if (request.Initial != null)
            request.Initial += (long)first * layout.Length;
        return request;
    }

    /// <summary>A register of short signatures takes the time of 2 to 5 of them one by one, as measured: one or two left over are few.</summary>
    private static int FewAtHand(in ForwardRequest<T> request, int width)
    {
        int rest = request.Batch % width;
        return request.Layout.Length > SideBySide ? request.Batch : rest <= 2 ? rest : 0;
    }
}

/// <summary>The logarithms of signatures [B, F] in the plan's basis, some at a time.</summary>
internal readonly unsafe struct LogarithmsOfSignatures<T>(LogPlan plan, T* signatures, int batch, T* result) : IPieces<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Numbers of signatures that a thread takes at once: of small signatures one alone is not worth its turn.</summary>
    private const int NumbersAtOnce = 1 << 12;

    private int AtOnce => Math.Max(1, NumbersAtOnce / plan.Layout.Length);

    /// <inheritdoc/>
    public int Count<TLanes, TVector>()
        where TLanes : struct, ILanes<TVector, T>
        where TVector : struct => (batch + AtOnce - 1) / AtOnce;

    /// <inheritdoc/>
    public void Do<TLanes, TVector>(int piece)
        where TLanes : struct, ILanes<TVector, T>
        where TVector : struct
    {
        T* inner = Workspace.Rent<T>(plan.Layout.LevelOffset(plan.Layout.Depth));
        for (int index = piece * AtOnce; index < Math.Min(batch, (piece + 1) * AtOnce); index++)
            LogarithmKernel<TLanes, TVector, T>.LogOfOne(plan, signatures + (long)index * plan.Layout.Length, inner, result + (long)index * plan.Length);
    }
}
