using System.Text;
using System.Text.Json;
using ImageSig.Tensors;

namespace ImageSig.NN;

/// <summary>MobileNet v2 of any width under the names that torchvision and timm give its tensors: the list of its layers, and its batch normalizations folded.</summary>
/// <remarks>Both have symmetric padding, ReLU6, an ε of 10⁻⁵ and the same input range. Source: Sandler et al., "MobileNetV2: Inverted residuals and linear bottlenecks", CVPR
/// 2018, table 2.</remarks>
internal static class MobileNetV2Names
{
    private const double NormalizationEpsilon = 1e-5;

    /// <summary>Blocks of each stage and the stride of its first: expansion is 1 in the first stage, 6 in the others.</summary>
    private static readonly (int Blocks, int Stride)[] Stages = [(1, 1), (2, 2), (3, 2), (4, 2), (3, 1), (3, 2), (1, 1)];

    /// <summary>A convolution of ours, and the names of its weights and normalization there.</summary>
    private sealed record Part(string Name, string Convolution, string Norm, int Stride, string Activation, bool IsDepthwise);

    /// <summary>List and tensors as <see cref="Backbone.Of"/> takes them; null where the names are not these.</summary>
    /// <exception cref="InvalidDataException">A tensor is missing or of another shape.</exception>
    public static (string Layers, IReadOnlyList<SafetensorsEntry> Tensors)? Convert(IReadOnlyList<SafetensorsEntry> tensors)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        Dictionary<string, SafetensorsEntry> known = [];
        foreach (SafetensorsEntry tensor in tensors)
            known[tensor.Name] = tensor;
        Func<int, int, int, (string Expand, string Depthwise, string Project, string[] Norms)> names;
        (string Convolution, string Norm) stem, head;
        if (known.ContainsKey("features.18.0.weight") && known.ContainsKey("features.2.conv.1.0.weight"))
            (names, stem, head) = (Torchvision, ("features.0.0", "features.0.1"), ("features.18.0", "features.18.1"));
        else if (known.ContainsKey("conv_stem.weight") && known.ContainsKey("blocks.6.0.conv_pwl.weight") && !known.Keys.Any(name => name.Contains(".se.", StringComparison.Ordinal)))
            (names, stem, head) = (Timm, ("conv_stem", "bn1"), ("conv_head", "bn2"));
        else
            return null;

        List<SafetensorsEntry> folded = [];
        using MemoryStream text = new();
        using (Utf8JsonWriter json = new(text))
        {
            json.WriteStartObject();
            json.WriteStartObject("input");
            json.WriteString("channels", "RGB");
            Numbers(json, "mean", [0.485, 0.456, 0.406]);
            Numbers(json, "std", [0.229, 0.224, 0.225]);
            json.WriteEndObject();
            json.WriteStartArray("layers");
            int count = 0, block = 0;
            int outputs = Add(new Part("stem", stem.Convolution, stem.Norm, Stride: 2, "relu6", IsDepthwise: false));
            for (int stage = 0; stage < Stages.Length; stage++)
            {
                for (int i = 0; i < Stages[stage].Blocks; i++)
                {
                    int inputs = outputs, from = count - 1, stride = i == 0 ? Stages[stage].Stride : 1;
                    (string expand, string depthwise, string project, string[] norms) = names(stage, i, ++block);
                    if (stage > 0)
                        Add(new Part($"block{block}_expand", expand, norms[0], Stride: 1, "relu6", IsDepthwise: false));
                    Add(new Part($"block{block}_dw", depthwise, norms[^2], stride, "relu6", IsDepthwise: true));
                    outputs = Add(new Part($"block{block}_project", project, norms[^1], Stride: 1, "none", IsDepthwise: false));
                    if (stride == 1 && inputs == outputs)
                    {
                        BackboneJson.Write(json, new BackboneStep($"block{block}_add", BackboneOperation.Sum, [from, count - 1], outputs, outputs, Tensors.Autodiff.Activation.None));
                        count++;
                    }
                }
            }
            Add(new Part("head", head.Convolution, head.Norm, Stride: 1, "relu6", IsDepthwise: false));
            json.WriteEndArray();
            json.WriteEndObject();

            int Add(Part part)
            {
                SafetensorsEntry weight = Of($"{part.Convolution}.weight", rank: 4);
                json.WriteStartObject();
                json.WriteString("name", part.Name);
                json.WriteString("op", "conv");
                json.WriteNumber("from", count++ - 1);
                Numbers(json, "k", [weight.Shape[2], weight.Shape[3]]);
                json.WriteNumber("stride", part.Stride);
                json.WriteNumber("groups", part.IsDepthwise ? weight.Shape[0] : 1);
                json.WriteString("pad", "sym");
                json.WriteString("act", part.Activation);
                json.WriteEndObject();
                Fold(part, weight);
                return weight.Shape[0];
            }
        }
        return (Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length), folded);

        SafetensorsEntry Of(string name, int rank) => known.TryGetValue(name, out SafetensorsEntry? tensor) && tensor.Shape.Count == rank
            ? tensor
            : throw new InvalidDataException($"tensor '{name}' of {rank} dimensions was expected, as MobileNet v2 has it.");

        void Fold(Part part, SafetensorsEntry weight)
        {
            SafetensorsEntry scale = Of($"{part.Norm}.weight", rank: 1), shift = Of($"{part.Norm}.bias", rank: 1);
            SafetensorsEntry mean = Of($"{part.Norm}.running_mean", rank: 1), variance = Of($"{part.Norm}.running_var", rank: 1);
            int outputs = weight.Shape[0], each = weight.Values.Length / Math.Max(1, outputs);
            if (((SafetensorsEntry[])[scale, shift, mean, variance]).Any(tensor => tensor.Shape[0] != outputs))
                throw new InvalidDataException($"the normalization '{part.Norm}' is not of the {outputs} channels of '{part.Convolution}'.");
            double[] factor = [.. scale.Values.Zip(variance.Values, (gamma, square) => gamma / Math.Sqrt(square + NormalizationEpsilon))];
            folded.Add(new($"{part.Name}.weight", weight.Shape, [.. weight.Values.Select((value, i) => (float)(value * factor[i / each]))]));
            folded.Add(new($"{part.Name}.bias", [outputs], [.. Enumerable.Range(0, outputs).Select(o => (float)(shift.Values[o] - mean.Values[o] * factor[o]))]));
        }
    }

    private static (string Expand, string Depthwise, string Project, string[] Norms) Torchvision(int stage, int block, int number)
    {
        string prefix = $"features.{number}.conv";
        return stage == 0
            ? ("", $"{prefix}.0.0", $"{prefix}.1", [$"{prefix}.0.1", $"{prefix}.2"])
            : ($"{prefix}.0.0", $"{prefix}.1.0", $"{prefix}.2", [$"{prefix}.0.1", $"{prefix}.1.1", $"{prefix}.3"]);
    }

    private static (string Expand, string Depthwise, string Project, string[] Norms) Timm(int stage, int block, int number)
    {
        string prefix = $"blocks.{stage}.{block}";
        return stage == 0
            ? ("", $"{prefix}.conv_dw", $"{prefix}.conv_pw", [$"{prefix}.bn1", $"{prefix}.bn2"])
            : ($"{prefix}.conv_pw", $"{prefix}.conv_dw", $"{prefix}.conv_pwl", [$"{prefix}.bn1", $"{prefix}.bn2", $"{prefix}.bn3"]);
    }

    private static void Numbers(Utf8JsonWriter json, string name, double[] numbers)
    {
        json.WriteStartArray(name);
        foreach (double number in numbers)
            json.WriteNumberValue(number);
        json.WriteEndArray();
    }
}
