namespace ImageSig.Tensors;

/// <summary>One named array of a safetensors file.</summary>
/// <param name="Name">Unique in its file.</param>
/// <param name="Shape">The lengths of the axes, first axis slowest; at most 4.</param>
/// <param name="Values">The elements, as many as the product of the shape.</param>
public sealed record SafetensorsEntry(string Name, IReadOnlyList<int> Shape, float[] Values)
{
    /// <summary>How the elements stand in the file.</summary>
    internal SafetensorsType Type { get; init; }
}
