namespace ImageSig;

/// <summary>How a model file keeps its numbers. In memory they are always float.</summary>
public enum WeightStorage
{
    /// <summary>32 bits each: as trained.</summary>
    Float32,

    /// <summary>16 bits each.</summary>
    Float16,

    /// <summary>Weights in 8 bits, whole multiples of one number for each output of their layer; the rest in 16.</summary>
    Int8,
}
