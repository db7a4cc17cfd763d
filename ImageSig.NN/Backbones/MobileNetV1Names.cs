using ImageSig.Tensors;

namespace ImageSig.NN;

/// <summary>MobileNet v1 of any width under the names that Keras gives its tensors.</summary>
/// <remarks>Source: Howard et al., "MobileNets: Efficient convolutional neural networks for mobile vision applications", 2017, table 1.</remarks>
internal static class MobileNetV1Names
{
    private static readonly int[] Strides = [1, 2, 1, 2, 1, 2, 1, 1, 1, 1, 1, 2, 1];

    /// <summary>List and tensors as <see cref="Backbone.Of"/> takes them; null where the names are not these.</summary>
    /// <exception cref="InvalidDataException">A tensor is missing or of another shape.</exception>
    public static (string Layers, IReadOnlyList<SafetensorsEntry> Tensors)? Convert(IReadOnlyList<SafetensorsEntry> tensors)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        Dictionary<string, SafetensorsEntry> known = KerasNames.Convert(tensors);
        if (!known.ContainsKey($"conv_dw_{Strides.Length}.weight") || !known.ContainsKey("conv1.weight"))
            return null;
        NormalizedConvolutions layers = new(KerasNames.Family("MobileNet v1"), known);
        layers.Add(new("stem", "conv1", "conv1_bn", Stride: 2));
        for (int block = 1; block <= Strides.Length; block++)
        {
            layers.Add(new($"block{block}_dw", $"conv_dw_{block}", $"conv_dw_{block}_bn", Strides[block - 1], IsDepthwise: true));
            layers.Add(new($"block{block}_pw", $"conv_pw_{block}", $"conv_pw_{block}_bn", Stride: 1));
        }
        return layers.Build();
    }
}
