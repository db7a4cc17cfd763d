using ImageSig.Tensors;

namespace ImageSig.NN;

/// <summary>MobileNet v1 of any width under the names that timm and Keras give its tensors.</summary>
/// <remarks>timm's has symmetric padding, an ε of 10⁻⁵, colors −1…1, and perhaps one more convolution behind the blocks. Source: Howard et al., "MobileNets: Efficient
/// convolutional neural networks for mobile vision applications", 2017, table 1.</remarks>
internal static class MobileNetV1Names
{
    private static readonly int[] Strides = [1, 2, 1, 2, 1, 2, 1, 1, 1, 1, 1, 2, 1];

    private static readonly BackboneFamily Timm = new("timm's MobileNet v1", BackbonePadding.Symmetric, 1e-5, [0.5, 0.5, 0.5], [0.5, 0.5, 0.5]);

    /// <summary>How many blocks each of timm's stages has.</summary>
    private static readonly int[] TimmStages = [1, 2, 2, 6, 2];

    /// <summary>The names of a block's two convolutions and their normalizations.</summary>
    private sealed record Block(string Depthwise, string DepthwiseNorm, string Pointwise, string PointwiseNorm);

    /// <summary>List and tensors as <see cref="Backbone.Of"/> takes them; null where the names are not these.</summary>
    /// <exception cref="InvalidDataException">A tensor is missing or of another shape.</exception>
    public static (string Layers, IReadOnlyList<SafetensorsEntry> Tensors)? Convert(IReadOnlyList<SafetensorsEntry> tensors)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        Dictionary<string, SafetensorsEntry> known = tensors.ToDictionary(tensor => tensor.Name), keras = KerasNames.Convert(tensors);
        if (keras.ContainsKey($"conv_dw_{Strides.Length}.weight") && keras.ContainsKey("conv1.weight"))
            return Build(new(KerasNames.Family("MobileNet v1"), keras), new("stem", "conv1", "conv1_bn", Stride: 2), KerasBlocks(), head: null);
        if (IsTimm(known.Keys))
            return Build(
                new(Timm, known), new("stem", "conv_stem", "bn1", Stride: 2), TimmBlocks(),
                known.ContainsKey("conv_head.weight") ? new("head", "conv_head", "bn2", Stride: 1) : null);
        return null;
    }

    /// <summary>Other networks of timm have such names too, but more of them, or further parts in their blocks.</summary>
    private static bool IsTimm(IReadOnlyCollection<string> names) =>
        names.Contains("conv_stem.weight") && names.Count(name => name.EndsWith(".conv_dw.weight", StringComparison.Ordinal)) == Strides.Length
        && TimmBlocks().All(block => names.Contains($"{block.Depthwise}.weight"))
        && !names.Any(name => name.Contains(".conv_pwl.", StringComparison.Ordinal) || name.Contains(".se.", StringComparison.Ordinal));

    private static (string Layers, IReadOnlyList<SafetensorsEntry> Tensors) Build(
        NormalizedConvolutions layers, NormalizedConvolution stem, IEnumerable<Block> blocks, NormalizedConvolution? head)
    {
        layers.Add(stem);
        int number = 0;
        foreach (Block block in blocks)
        {
            int stride = Strides[number++];
            layers.Add(new($"block{number}_dw", block.Depthwise, block.DepthwiseNorm, stride, IsDepthwise: true));
            layers.Add(new($"block{number}_pw", block.Pointwise, block.PointwiseNorm, Stride: 1));
        }
        if (head is not null)
            layers.Add(head);
        return layers.Build();
    }

    private static IEnumerable<Block> KerasBlocks() =>
        Sequences.Range(1, Strides.Length).Select(number => new Block($"conv_dw_{number}", $"conv_dw_{number}_bn", $"conv_pw_{number}", $"conv_pw_{number}_bn"));

    private static IEnumerable<Block> TimmBlocks() => TimmStages.SelectMany((blocks, stage) => Sequences.Range(0, blocks).Select(block => $"blocks.{stage}.{block}"))
        .Select(prefix => new Block($"{prefix}.conv_dw", $"{prefix}.bn1", $"{prefix}.conv_pw", $"{prefix}.bn2"));
}
