using System.Numerics;
using ImageSig.Tensors.Kernels;

namespace ImageSig.Signature.Kernels;

/// <summary>A batch of paths, the cotangents of its signatures, and where the gradients go.</summary>
internal unsafe struct BackwardRequest<T> : IPieces<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The forward pass; its result is not used.</summary>
    public ForwardRequest<T> Forward;

    /// <summary>[B, K, R], the cotangents of the forward pass's result.</summary>
    public T* Cotangents;

    /// <summary>[B, T, C], written.</summary>
    public T* Paths;

    /// <summary>[B, C], written, or null: the gradients of the points in front.</summary>
    public T* Points;

    /// <summary>[B, F], written, or null: the gradients of the signatures so far.</summary>
    public T* Initial;

    public readonly int Count<TLanes, TVector>()
        where TLanes : struct, ILanes<TVector, T>
        where TVector : struct => SignatureLanes<TLanes, TVector, T>.Pieces(this);

    public readonly void Do<TLanes, TVector>(int piece)
        where TLanes : struct, ILanes<TVector, T>
        where TVector : struct => SignatureLanes<TLanes, TVector, T>.Backward(this, piece);
}
