using ImageSig.Tensors;

namespace ImageSig.NN;

/// <summary>Tensors of a Keras model as PyTorch would name and turn them: <c>conv1/kernel</c> [height, width, inputs, outputs] becomes <c>conv1.weight</c> [outputs, inputs, height, width],
/// and so do the numbers of normalizations.</summary>
internal static class KerasNames
{
    private static readonly (string Theirs, string Ours)[] Names =
    [
        ("kernel", "weight"), ("depthwise_kernel", "weight"), ("gamma", "weight"), ("beta", "bias"), ("moving_mean", "running_mean"), ("moving_variance", "running_var"),
    ];

    /// <summary>How Keras' networks pad, normalize and scale: as TensorFlow's SAME on even sizes, an ε of 10⁻³, colors −1…1.</summary>
    public static BackboneFamily Family(string kind) => new($"Keras' {kind}", BackbonePadding.Same, 1e-3, [0.5, 0.5, 0.5], [0.5, 0.5, 0.5]);

    /// <summary>The tensors by their new names; what is named otherwise is left out.</summary>
    public static Dictionary<string, SafetensorsEntry> Convert(IReadOnlyList<SafetensorsEntry> tensors)
    {
        Dictionary<string, SafetensorsEntry> converted = [];
        foreach (SafetensorsEntry tensor in tensors)
        {
            // Keras 2 ends names in ":0", and puts the layer's name before itself in its files.
            string[] path = (tensor.Name.EndsWith(":0", StringComparison.Ordinal) ? tensor.Name[..^2] : tensor.Name).Split('/');
            if (path.Length < 2 || Names.FirstOrDefault(name => name.Theirs == path[^1]).Ours is not { } ours)
                continue;
            converted[$"{path[^2]}.{ours}"] = tensor.Shape.Count == 4 ? Turned(tensor, isDepthwise: IsDepthwise(path[^2], tensor)) : tensor;
        }
        return converted;
    }

    private static bool IsDepthwise(string layer, SafetensorsEntry kernel) => kernel.Shape[3] == 1 && (layer.Contains("depthwise", StringComparison.Ordinal) || layer.StartsWith("conv_dw", StringComparison.Ordinal));

    /// <summary>[height, width, inputs, outputs] to [outputs, inputs, height, width]; [height, width, channels, 1] to [channels, 1, height, width].</summary>
    private static SafetensorsEntry Turned(SafetensorsEntry kernel, bool isDepthwise)
    {
        int positions = kernel.Shape[0] * kernel.Shape[1];
        int outputs = kernel.Shape[isDepthwise ? 2 : 3], inputs = kernel.Shape[isDepthwise ? 3 : 2];
        float[] turned = new float[kernel.Values.Length];
        for (int position = 0; position < positions; position++)
            for (int i = 0; i < inputs; i++)
                for (int o = 0; o < outputs; o++)
                    turned[(o * inputs + i) * positions + position] = kernel.Values[(position * inputs + i) * outputs + o];
        return new(kernel.Name, [outputs, inputs, kernel.Shape[0], kernel.Shape[1]], turned);
    }
}
