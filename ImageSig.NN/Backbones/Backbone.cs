using System.Text.Json;
using ImageSig.Tensors;

namespace ImageSig.NN;

/// <summary>A network that was trained elsewhere and whose features serve here: a list of convolutions and residual sums, and its weights.</summary>
/// <remarks>The list is JSON, specified in docs/networks.md. Weights come from a safetensors file; a backbone that was read from a model file has none of its own, since
/// they are among the model's parameters.</remarks>
public sealed class Backbone : IEquatable<Backbone>
{
    private readonly string json;
    private readonly IReadOnlyDictionary<string, float[]>? weights;

    private Backbone(BackboneList list, string checksum, IReadOnlyDictionary<string, float[]>? weights)
    {
        (List, Checksum, this.weights) = (list, checksum, weights);
        json = list.ToJson(checksum);
    }

    /// <summary>What it is called.</summary>
    public string Name => List.Name;

    /// <summary>A checksum of the weights that it began with, 8 hexadecimal digits.</summary>
    public string Checksum { get; }

    /// <summary>Whether it brings weights.</summary>
    public bool HasWeights => weights is not null;

    /// <summary>Steps and input.</summary>
    internal BackboneList List { get; }

    /// <summary>Takes a list of layers and the tensors that belong to it.</summary>
    /// <param name="name">What to call it.</param>
    /// <param name="layers">JSON: see docs/networks.md.</param>
    /// <param name="tensors">NAME.weight [outputs, inputs per group, height, width] and NAME.bias [outputs] of every convolution; others are passed over.</param>
    /// <exception cref="InvalidDataException">The list cannot be used, or a tensor is missing, of another shape or not finite; the message says which.</exception>
    public static Backbone Of(string name, string layers, IReadOnlyList<SafetensorsEntry> tensors)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        Dictionary<string, SafetensorsEntry> known = [];
        foreach (SafetensorsEntry tensor in tensors)
            known[tensor.Name] = tensor;
        BackboneList list = BackboneJson.Parse(layers, name, step => known.TryGetValue($"{step}.weight", out SafetensorsEntry? weight) ? weight.Shape : null);
        Dictionary<string, float[]> weights = BackboneWeights.Of(list, known, out string checksum);
        return new Backbone(list, checksum, weights);
    }

    /// <summary>Reads what a model file says of a backbone.</summary>
    /// <exception cref="InvalidDataException">It cannot be used.</exception>
    internal static Backbone Read(JsonElement json)
    {
        BackboneList list = BackboneJson.Parse(json, name: null, _ => null);
        return new Backbone(list, BackboneJson.Text(json, "weights", "the backbone"), weights: null);
    }

    /// <summary>As a model file says it.</summary>
    internal void Write(Utf8JsonWriter writer) => writer.WriteRawValue(json);

    /// <summary>Sets a parameter to what the file has for it; leaves it alone where the backbone has no weights.</summary>
    /// <param name="parameter">Any of its layer's.</param>
    /// <param name="tensor">The tensor's name in the file.</param>
    internal void Fill(Parameter parameter, string tensor) => weights?[tensor].CopyTo(parameter.Value.Span);

    /// <summary>Whether both are the same layers that began with the same weights.</summary>
    public bool Equals(Backbone? other) => other is not null && json == other.json;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Backbone);

    /// <inheritdoc/>
    public override int GetHashCode() => json.GetHashCode(StringComparison.Ordinal);

    /// <summary>Name and number of layers.</summary>
    public override string ToString() => $"{Name}, {List.Steps.Count} layers";
}
