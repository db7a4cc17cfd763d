namespace ImageSig.Signature.Kernels;

/// <summary>A batch of paths, the cotangents of its signatures, and where the gradients go.</summary>
internal unsafe struct BackwardRequest<T>
    where T : unmanaged
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
}
