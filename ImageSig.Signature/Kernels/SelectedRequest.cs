using System.Numerics;
using ImageSig.Tensors.Kernels;

namespace ImageSig.Signature.Kernels;

/// <summary>A batch of paths, and the words of their signatures that are wanted.</summary>
internal readonly struct SelectedRequest<T>(ForwardRequest<T> forward, WordSet words) : IPieces<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public int Count<TLanes, TVector>()
        where TLanes : struct, ILanes<TVector, T>
        where TVector : struct => (forward.Batch + TLanes.Width - 1) / TLanes.Width;

    public void Do<TLanes, TVector>(int piece)
        where TLanes : struct, ILanes<TVector, T>
        where TVector : struct => SignatureLanes<TLanes, TVector, T>.ForwardSelected(forward, words, piece);
}
