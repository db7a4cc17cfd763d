using ImageSig.Tensors;
using ImageSig.Tensors.Autodiff;

namespace ImageSig.NN;

/// <summary>MobileNet v2 of any width under the names that torchvision, timm and Keras give its tensors: the list of its layers, and its batch normalizations folded.</summary>
/// <remarks>The first two have symmetric padding, an ε of 10⁻⁵ and the same input range. Source: Sandler et al., "MobileNetV2: Inverted residuals and linear bottlenecks", CVPR
/// 2018, table 2.</remarks>
internal static class MobileNetV2Names
{
    /// <summary>Blocks of each stage and the stride of its first: expansion is 1 in the first stage, 6 in the others.</summary>
    private static readonly (int Blocks, int Stride)[] Stages = [(1, 1), (2, 2), (3, 2), (4, 2), (3, 1), (3, 2), (1, 1)];

    private static readonly BackboneFamily PyTorch = new("MobileNet v2", BackbonePadding.Symmetric, 1e-5, [0.485, 0.456, 0.406], [0.229, 0.224, 0.225]);

    /// <summary>The names of a block's convolutions and normalizations.</summary>
    private delegate (string Expand, string Depthwise, string Project, string[] Norms) BlockNames(int stage, int block, int number);

    /// <summary>List and tensors as <see cref="Backbone.Of"/> takes them; null where the names are not these.</summary>
    /// <exception cref="InvalidDataException">A tensor is missing or of another shape.</exception>
    public static (string Layers, IReadOnlyList<SafetensorsEntry> Tensors)? Convert(IReadOnlyList<SafetensorsEntry> tensors)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        Dictionary<string, SafetensorsEntry> known = [], keras = KerasNames.Convert(tensors);
        foreach (SafetensorsEntry tensor in tensors)
            known[tensor.Name] = tensor;
        if (known.ContainsKey("features.18.0.weight") && known.ContainsKey("features.2.conv.1.0.weight"))
            return Build(new(PyTorch, known), Torchvision, ("features.0.0", "features.0.1"), ("features.18.0", "features.18.1"));
        if (known.ContainsKey("conv_stem.weight") && known.ContainsKey("blocks.6.0.conv_pwl.weight") && !known.Keys.Any(name => name.Contains(".se.", StringComparison.Ordinal)))
            return Build(new(PyTorch, known), Timm, ("conv_stem", "bn1"), ("conv_head", "bn2"));
        if (keras.ContainsKey("Conv1.weight") && keras.ContainsKey("block_16_project.weight"))
            return Build(new(KerasNames.Family("MobileNet v2"), keras), Keras, ("Conv1", "bn_Conv1"), ("Conv_1", "Conv_1_bn"));
        return null;
    }

    private static (string Layers, IReadOnlyList<SafetensorsEntry> Tensors) Build(
        NormalizedConvolutions layers, BlockNames names, (string Convolution, string Norm) stem, (string Convolution, string Norm) head)
    {
        int number = 0;
        layers.Add(new("stem", stem.Convolution, stem.Norm, Stride: 2));
        for (int stage = 0; stage < Stages.Length; stage++)
        {
            for (int block = 0; block < Stages[stage].Blocks; block++)
            {
                int inputs = layers.Outputs, from = layers.Last, stride = block == 0 ? Stages[stage].Stride : 1;
                (string expand, string depthwise, string project, string[] norms) = names(stage, block, ++number);
                if (stage > 0)
                    layers.Add(new($"block{number}_expand", expand, norms[0], Stride: 1));
                layers.Add(new($"block{number}_dw", depthwise, norms[^2], stride, IsDepthwise: true));
                layers.Add(new($"block{number}_project", project, norms[^1], Stride: 1, Activation.None));
                if (stride == 1 && inputs == layers.Outputs)
                    layers.AddSum($"block{number}_add", from);
            }
        }
        layers.Add(new("head", head.Convolution, head.Norm, Stride: 1));
        return layers.Build();
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

    private static (string Expand, string Depthwise, string Project, string[] Norms) Keras(int stage, int block, int number)
    {
        string prefix = stage == 0 ? "expanded_conv" : $"block_{number - 1}";
        return ($"{prefix}_expand", $"{prefix}_depthwise", $"{prefix}_project", [$"{prefix}_expand_BN", $"{prefix}_depthwise_BN", $"{prefix}_project_BN"]);
    }
}
