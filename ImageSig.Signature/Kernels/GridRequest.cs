using System.Numerics;
using ImageSig.Tensors.Kernels;

namespace ImageSig.Signature.Kernels;

/// <summary>A batch of images and their signature grids, as the kernels take them.</summary>
internal unsafe struct GridRequest<T> : IPieces<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The largest window whose steps are kept, L² · C numbers a kind.</summary>
    private const int MaxChannelWindow = 64;

    /// <summary>Channels and depth.</summary>
    public SignatureLayout Layout;

    /// <summary>B; an image is a piece.</summary>
    public int Batch;

    /// <summary>L, steps of a window.</summary>
    public int Window;

    /// <summary>H.</summary>
    public int Height;

    /// <summary>W.</summary>
    public int Width;

    /// <summary>[B, H, W, C].</summary>
    public T* Images;

    /// <summary>[B, H/L, W/L, 2 (C + F)]: the result, or its cotangents on the way back.</summary>
    public T* Cells;

    /// <summary>[B, H, W, C], written on the way back; null on the way forward.</summary>
    public T* Gradients;

    /// <summary>Numbers of an image.</summary>
    public readonly long ImageLength => (long)Height * Width * Layout.Channels;

    /// <summary>Cells of an image.</summary>
    public readonly int CellCount => Height / Window * (Width / Window);

    /// <summary>Whether lanes hold channels rather than cells, where channels fill them.</summary>
    /// <remarks>Not for windows of one step: more than two of them meet in a pixel, whose gradient is a sum that depends on their order. Nor for windows of which all steps at once leave the caches.</remarks>
    private readonly bool PutsChannelsInLanes => Layout.Depth == 2 && Layout.Channels % 8 == 0 && Window is > 1 and <= MaxChannelWindow;

    /// <summary>Whether channels fill lanes of this width.</summary>
    public readonly bool PutsChannelsIn(int lanes) => PutsChannelsInLanes && Layout.Channels % lanes == 0;

    /// <summary>How many numbers fill the lanes: cells, or as many channels as divide C by a power of two.</summary>
    public readonly int InLanes => PutsChannelsInLanes ? Layout.Channels & -Layout.Channels : CellCount;

    /// <summary>Numbers of a cell in one direction.</summary>
    public readonly int Features => Layout.Channels + Layout.Length;

    public readonly int Count<TLanes, TVector>()
        where TLanes : struct, ILanes<TVector, T>
        where TVector : struct => Batch;

    public readonly void Do<TLanes, TVector>(int piece)
        where TLanes : struct, ILanes<TVector, T>
        where TVector : struct
    {
        if (Gradients is null)
            SignatureLanes<TLanes, TVector, T>.ForwardGrid(this, piece);
        else
            SignatureLanes<TLanes, TVector, T>.BackwardGrid(this, piece);
    }
}
