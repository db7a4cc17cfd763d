using ImageSig.Tensors;
using ImageSig.Tensors.Autodiff;

namespace ImageSig.NN;

/// <summary>A convolution of ours, and the names of its weights and normalization in a file.</summary>
/// <param name="Name">Ours.</param>
/// <param name="Convolution">Its tensor is that name and <c>.weight</c>.</param>
/// <param name="Norm">Its tensors are that name and <c>.weight</c>, <c>.bias</c>, <c>.running_mean</c>, <c>.running_var</c>.</param>
/// <param name="Stride">Pixels between two outputs.</param>
/// <param name="Activation">Behind the normalization.</param>
/// <param name="IsDepthwise">Whether each channel is convolved by itself.</param>
internal sealed record NormalizedConvolution(string Name, string Convolution, string Norm, int Stride, Activation Activation = Activation.Relu6, bool IsDepthwise = false);

/// <summary>How the networks of a family were trained, and under which names.</summary>
/// <param name="Kind">For messages: "MobileNet v2".</param>
/// <param name="Padding">Of all convolutions.</param>
/// <param name="NormalizationEpsilon">Added to every variance.</param>
/// <param name="Mean">[3], taken from colors of 0 to 1.</param>
/// <param name="Deviation">[3], what they are divided by then.</param>
internal sealed record BackboneFamily(string Kind, BackbonePadding Padding, double NormalizationEpsilon, double[] Mean, double[] Deviation);

/// <summary>Puts a backbone together of convolutions that each have a batch normalization behind them, which is folded.</summary>
internal sealed class NormalizedConvolutions(BackboneFamily family, IReadOnlyDictionary<string, SafetensorsEntry> tensors)
{
    private readonly List<BackboneStep> steps = [];
    private readonly List<SafetensorsEntry> folded = [];

    /// <summary>The number of the newest step; −1 is the image.</summary>
    public int Last => steps.Count - 1;

    /// <summary>Channels of the newest step.</summary>
    public int Outputs => steps[^1].Outputs;

    /// <summary>List and tensors as <see cref="Backbone.Of"/> takes them.</summary>
    public (string Layers, IReadOnlyList<SafetensorsEntry> Tensors) Build() => (
        new BackboneList(
            "folded", [.. family.Deviation.Select(value => (float)(1 / (255.0 * value)))], [.. family.Mean.Zip(family.Deviation, (mean, value) => (float)(-mean / value))], steps).ToJson(checksum: ""),
        folded);

    /// <summary>Adds a convolution of what the newest step gives.</summary>
    /// <exception cref="InvalidDataException">A tensor is missing or of another shape.</exception>
    public void Add(NormalizedConvolution part)
    {
        SafetensorsEntry weight = Of($"{part.Convolution}.weight", rank: 4);
        int outputs = weight.Shape[0];
        steps.Add(new BackboneStep(
            part.Name, part.IsDepthwise ? BackboneOperation.Depthwise : BackboneOperation.Convolution, [Last], part.IsDepthwise ? outputs : weight.Shape[1], outputs, part.Activation)
        {
            KernelHeight = weight.Shape[2], KernelWidth = weight.Shape[3], Stride = part.Stride, Padding = family.Padding,
        });
        Fold(part, weight);
    }

    /// <summary>Adds the sum of the newest step and an earlier one.</summary>
    public void AddSum(string name, int from) => steps.Add(new BackboneStep(name, BackboneOperation.Sum, [from, Last], Outputs, Outputs, Activation.None));

    private void Fold(NormalizedConvolution part, SafetensorsEntry weight)
    {
        SafetensorsEntry scale = Of($"{part.Norm}.weight", rank: 1), shift = Of($"{part.Norm}.bias", rank: 1);
        SafetensorsEntry mean = Of($"{part.Norm}.running_mean", rank: 1), variance = Of($"{part.Norm}.running_var", rank: 1);
        int outputs = weight.Shape[0], each = weight.Values.Length / Math.Max(1, outputs);
        if (((SafetensorsEntry[])[scale, shift, mean, variance]).Any(tensor => tensor.Shape[0] != outputs))
            throw new InvalidDataException($"the normalization '{part.Norm}' is not of the {outputs} channels of '{part.Convolution}'.");
        double[] factor = [.. scale.Values.Zip(variance.Values, (gamma, square) => gamma / Math.Sqrt(square + family.NormalizationEpsilon))];
        folded.Add(new($"{part.Name}.weight", weight.Shape, [.. weight.Values.Select((value, i) => (float)(value * factor[i / each]))]));
        folded.Add(new($"{part.Name}.bias", [outputs], [.. Sequences.Range(0, outputs).Select(o => (float)(shift.Values[o] - mean.Values[o] * factor[o]))]));
    }

    private SafetensorsEntry Of(string name, int rank) => tensors.TryGetValue(name, out SafetensorsEntry? tensor) && tensor.Shape.Count == rank
        ? tensor
        : throw new InvalidDataException($"tensor '{name}' of {rank} dimensions was expected, as {family.Kind} has it.");
}
