using System.Numerics;
using ImageSig.Tensors;

namespace ImageSig.NN;

/// <summary>The tensors of a backbone's file in the order of ours: [outputs, inputs, height, width] becomes [height, width, inputs, outputs].</summary>
internal static class BackboneWeights
{
    /// <summary>All that the list asks for.</summary>
    /// <exception cref="InvalidDataException">One is missing, of another shape or not finite.</exception>
    public static Dictionary<string, float[]> Of(BackboneList list, IReadOnlyDictionary<string, SafetensorsEntry> tensors, out string checksum)
    {
        Dictionary<string, float[]> weights = [];
        uint crc = uint.MaxValue;
        foreach (BackboneStep step in list.Steps)
        {
            if (step.Operation == BackboneOperation.Sum)
                continue;
            int depth = step.Operation == BackboneOperation.Depthwise ? 1 : step.Inputs;
            Add($"{step.Name}.weight", values => Reordered(values, step.Outputs, depth, step.KernelHeight * step.KernelWidth), step.Outputs, depth, step.KernelHeight, step.KernelWidth);
            Add($"{step.Name}.bias", values => values, step.Outputs);
        }
        checksum = $"{~crc:x8}";
        return weights;

        void Add(string name, Func<float[], float[]> order, params int[] shape)
        {
            if (!tensors.TryGetValue(name, out SafetensorsEntry? tensor) || !tensor.Shape.SequenceEqual(shape))
                throw new InvalidDataException(
                    $"tensor '{name}' of shape [{string.Join(", ", shape)}] was expected, {(tensor is null ? "none of that name" : $"one of shape [{string.Join(", ", tensor.Shape)}]")} was found.");
            if (!tensor.Values.All(float.IsFinite))
                throw new InvalidDataException($"tensor '{name}' holds a value that is not finite.");
            foreach (float value in tensor.Values)
                crc = BitOperations.Crc32C(crc, BitConverter.SingleToUInt32Bits(value));
            weights[name] = order(tensor.Values);
        }
    }

    private static float[] Reordered(float[] values, int outputs, int inputs, int positions)
    {
        float[] reordered = new float[values.Length];
        for (int o = 0; o < outputs; o++)
            for (int i = 0; i < inputs; i++)
                for (int position = 0; position < positions; position++)
                    reordered[(position * inputs + i) * outputs + o] = values[(o * inputs + i) * positions + position];
        return reordered;
    }
}
