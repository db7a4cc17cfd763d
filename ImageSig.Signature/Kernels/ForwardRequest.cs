namespace ImageSig.Signature.Kernels;

/// <summary>A batch of paths and where its signatures go, as the kernels take it.</summary>
internal unsafe struct ForwardRequest<T>
    where T : unmanaged
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

    /// <summary>[B, F], written.</summary>
    public T* Result;

    /// <summary>Increments in all: T − 1, and one more with a point in front.</summary>
    public readonly int Steps => Length - 1 + (HasPoint ? 1 : 0);

    /// <summary>Whether a point stands in front of each path.</summary>
    public readonly bool HasPoint => ZeroPoint || Points != null;
}
