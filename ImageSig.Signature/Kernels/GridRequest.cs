namespace ImageSig.Signature.Kernels;

/// <summary>A batch of images and their signature grids, as the kernels take them.</summary>
internal unsafe struct GridRequest<T>
    where T : unmanaged
{
    /// <summary>Channels and depth.</summary>
    public SignatureLayout Layout;

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

    /// <summary>[B, H, W, C], written on the way back.</summary>
    public T* Gradients;

    /// <summary>Numbers of an image.</summary>
    public readonly long ImageLength => (long)Height * Width * Layout.Channels;

    /// <summary>Cells of an image.</summary>
    public readonly int CellCount => Height / Window * (Width / Window);

    /// <summary>Numbers of a cell in one direction.</summary>
    public readonly int Features => Layout.Channels + Layout.Length;
}
