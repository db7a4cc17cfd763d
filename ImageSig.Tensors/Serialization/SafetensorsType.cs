namespace ImageSig.Tensors;

/// <summary>How the numbers of a tensor stand in a safetensors file. In memory they are always float.</summary>
internal enum SafetensorsType
{
    /// <summary>F32.</summary>
    Float32,

    /// <summary>F64; read, not written.</summary>
    Float64,

    /// <summary>F16: 11 bits of precision, up to 65504.</summary>
    Float16,

    /// <summary>BF16: the upper half of F32.</summary>
    BFloat16,

    /// <summary>I8: whole numbers from −128 to 127.</summary>
    Int8,
}

/// <summary>Which types of tensors a reader takes.</summary>
internal enum SafetensorsScope
{
    /// <summary>F32; others are refused.</summary>
    Float32,

    /// <summary>Every <see cref="SafetensorsType"/>; others are refused.</summary>
    Small,

    /// <summary>Every <see cref="SafetensorsType"/> but I8; others are passed over.</summary>
    Foreign,
}
