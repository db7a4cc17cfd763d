namespace ImageSig.Tensors;

/// <summary>The element types of .npy files that are read here; all little-endian.</summary>
public enum NpyKind
{
    /// <summary>NumPy's float32, <c>&lt;f4</c>.</summary>
    Float32,

    /// <summary>NumPy's float64, <c>&lt;f8</c>.</summary>
    Float64,

    /// <summary>NumPy's int64, <c>&lt;i8</c>.</summary>
    Int64,
}
