using ImageSig.Tensors;

namespace ImageSig;

/// <summary>The tensors of a model file, of which each must be taken by what it belongs to.</summary>
internal sealed class ModelTensors(IReadOnlyList<SafetensorsEntry> tensors)
{
    private readonly Dictionary<string, SafetensorsEntry> left = tensors.ToDictionary(tensor => tensor.Name);

    /// <summary>How many numbers those have that were not taken yet.</summary>
    public long Count => left.Values.Sum(tensor => (long)tensor.Values.Length);

    /// <summary>One that was not taken; null where all were.</summary>
    public string? First => left.Keys.FirstOrDefault();

    /// <summary>The first dimension of a tensor; null where there is none of that name.</summary>
    public int? RowsOf(string name) => left.TryGetValue(name, out SafetensorsEntry? tensor) && tensor.Shape.Count > 0 ? tensor.Shape[0] : null;

    /// <summary>The values of a tensor, which is then taken.</summary>
    /// <exception cref="InvalidDataException">There is none of this name and shape, or a value is not finite.</exception>
    public float[] Take(string name, int[] shape)
    {
        if (!left.Remove(name, out SafetensorsEntry? tensor) || !tensor.Shape.SequenceEqual(shape))
            throw new InvalidDataException($"tensor '{name}' of shape [{string.Join(", ", shape)}] was expected, {(tensor is null ? "none of that name" : $"one of shape [{string.Join(", ", tensor.Shape)}]")} was found.");
        if (!Array.TrueForAll(tensor.Values, float.IsFinite))
            throw new InvalidDataException($"tensor '{name}' holds a value that is not finite; the training failed or the file is damaged.");
        return tensor.Values;
    }
}
