using System.Numerics;
using ImageSig.Tensors.Kernels;

namespace ImageSig.Signature.Kernels;

/// <summary>A batch of paths and where its signatures go, as the kernels take it.</summary>
internal unsafe struct ForwardRequest<T> : IPieces<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Channels, depth and offsets.</summary>
    public SignatureLayout Layout;

    /// <summary>[B, T, C].</summary>
    public T* Paths;

    /// <summary>B.</summary>
    public int Batch;

    /// <summary>T.</summary>
    public int Length;

    /// <summary>[B, C], a point in front of each path, or null.</summary>
    public T* Points;

    /// <summary>The point in front is zero; <see cref="Points"/> is null.</summary>
    public bool ZeroPoint;

    /// <summary>[B, F], the signatures so far, or null for the identity.</summary>
    public T* Initial;

    /// <summary>[B, K, R], written: K is <see cref="Prefixes"/>, R <see cref="RowLength"/>.</summary>
    public T* Result;

    /// <summary>Every prefix's signature rather than the whole path's only.</summary>
    public bool Stream;

    /// <summary>The log-signature's basis, or null for the signature.</summary>
    public LogPlan? Log;

    /// <summary>Results per path: 1, or one for each step of a stream.</summary>
    public readonly int Prefixes => Stream ? Steps : 1;

    /// <summary>Numbers of one result.</summary>
    public readonly int RowLength => Log?.Length ?? Layout.Length;

    /// <summary>Increments in all: T − 1, and one more with a point in front.</summary>
    public readonly int Steps => Length - 1 + (HasPoint ? 1 : 0);

    /// <summary>Whether a point stands in front of each path.</summary>
    public readonly bool HasPoint => ZeroPoint || Points != null;

    /// <summary>Whether the signatures are there already: no step comes to them.</summary>
    public readonly bool IsAtHand => Steps == 0 && Initial != null;

    public readonly int Count<TLanes, TVector>()
        where TLanes : struct, ILanes<TVector, T>
        where TVector : struct => SignatureLanes<TLanes, TVector, T>.Pieces(this);

    public readonly void Do<TLanes, TVector>(int piece)
        where TLanes : struct, ILanes<TVector, T>
        where TVector : struct => SignatureLanes<TLanes, TVector, T>.Forward(this, piece);
}
