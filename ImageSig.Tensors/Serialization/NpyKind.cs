namespace ImageSig.Tensors;

/// <summary>The element types of .npy files that are read here; float32, float64 and int64 are written too.</summary>
public enum NpyKind
{
    /// <summary>NumPy's float32, <c>f4</c>.</summary>
    Float32,

    /// <summary>NumPy's float64, <c>f8</c>.</summary>
    Float64,

    /// <summary>NumPy's int64, <c>i8</c>.</summary>
    Int64,

    /// <summary>NumPy's float16, <c>f2</c>.</summary>
    Float16,

    /// <summary>NumPy's int8, <c>i1</c>.</summary>
    Int8,

    /// <summary>NumPy's int16, <c>i2</c>.</summary>
    Int16,

    /// <summary>NumPy's int32, <c>i4</c>.</summary>
    Int32,

    /// <summary>NumPy's uint8, <c>u1</c>.</summary>
    UInt8,

    /// <summary>NumPy's uint16, <c>u2</c>.</summary>
    UInt16,

    /// <summary>NumPy's uint32, <c>u4</c>.</summary>
    UInt32,

    /// <summary>NumPy's uint64, <c>u8</c>.</summary>
    UInt64,

    /// <summary>NumPy's bool, <c>b1</c>: a byte, 1 for true.</summary>
    Boolean,
}
