using ImageSig.NN;
using ImageSig.Tensors;

namespace ImageSig.Import;

/// <summary>A parameter of a model, and how another program's tensor becomes it.</summary>
/// <param name="Parameter">The parameter.</param>
internal sealed record WeightSlot(Parameter Parameter)
{
    /// <summary>Whether its numbers are those of a dense layer or a convolution, which PyTorch has the other way round.</summary>
    private bool IsWeight { get; init; }

    /// <summary>Whether it convolves each channel by itself.</summary>
    private bool IsDepthwise { get; init; }

    /// <summary>Steps and channels of what is flattened in front of a dense layer; PyTorch has the channels first. Null elsewhere.</summary>
    private (int Steps, int Channels)? Flattened { get; init; }

    /// <summary>Those of a model, in order.</summary>
    public static IReadOnlyList<WeightSlot> Of(Model model)
    {
        List<WeightSlot> slots = [];
        for (int i = 0; i < model.AllLayers.Count; i++)
        {
            Layer layer = model.AllLayers[i];
            bool isFlattened = layer is Dense && i > 1 && model.AllLayers[i - 1] is Flatten && model.AllLayers.Take(i).Any(before => before is Conv1D);
            Shape? flat = isFlattened ? model.Layers[i - 2].OutputShape : null;
            foreach (Parameter parameter in layer.Parameters)
                slots.Add(new WeightSlot(parameter)
                {
                    IsWeight = parameter.Name.EndsWith(".weight", StringComparison.Ordinal),
                    IsDepthwise = layer is BackboneLayer && parameter.Shape.Rank == 3,
                    Flattened = flat is { } shape && parameter.Shape.Rank == 2 ? (shape[0], shape[1]) : null,
                });
        }
        return slots;
    }

    /// <summary>The dimensions that it has in a file of this layout.</summary>
    public int[] ShapeIn(WeightLayout layout)
    {
        int[] own = Parameter.Shape.ToArray();
        if (layout == WeightLayout.Keras || !IsWeight)
            return own;
        return IsDepthwise ? [own[2], 1, own[0], own[1]] : own.Length < 2 ? own : [own[^1], own[^2], .. own[..^2]];
    }

    /// <summary>Whether a tensor has these dimensions: the same but for ones, or with some that stand side by side taken together (as heads and their sizes are).</summary>
    public bool Fits(SafetensorsEntry tensor, WeightLayout layout)
    {
        int[] wanted = [.. ShapeIn(layout).Where(length => length != 1)], given = [.. tensor.Shape.Where(length => length != 1)];
        int at = 0;
        foreach (int length in wanted)
        {
            int product = 1;
            while (at < given.Length && product < length)
                product *= given[at++];
            if (product != length)
                return false;
        }
        return at == given.Length;
    }

    /// <summary>Sets the parameter.</summary>
    /// <param name="values">Of a tensor that fits.</param>
    /// <param name="layout">Of its file.</param>
    public void Fill(float[] values, WeightLayout layout)
    {
        Span<float> target = Parameter.Value.Span;
        if (layout == WeightLayout.Keras || !IsWeight || Parameter.Shape.Rank < 2)
        {
            values.CopyTo(target);
            return;
        }
        int outputs = Parameter.Shape.Last, inputs = IsDepthwise ? 1 : Parameter.Shape[Parameter.Shape.Rank - 2], positions = values.Length / outputs / inputs;
        for (int position = 0; position < positions; position++)
            for (int input = 0; input < inputs; input++)
                for (int output = 0; output < outputs; output++)
                    target[(position * inputs + input) * outputs + output] = values[(output * inputs + Source(input)) * positions + position];
    }

    /// <summary>Where PyTorch has an input of a dense layer behind a flattened [steps, channels].</summary>
    private int Source(int input) => Flattened is { } flat ? input % flat.Channels * flat.Steps + input / flat.Channels : input;
}
