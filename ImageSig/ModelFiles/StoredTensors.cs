using ImageSig.Tensors;

namespace ImageSig;

/// <summary>Tensors of a model between float and what a smaller file keeps of them.</summary>
/// <remarks>
/// A weight of int8 is <c>w ≈ q · s</c>, q a whole number from −127 to 127 and s one number for each output, the last dimension: the largest weight of the output, divided by 127 and rounded to BF16, which has
/// the range of a float. So the largest q is 127 again when numbers that were read are written once more: a file read and saved is the same file.
/// Source: Krishnamoorthi, "Quantizing deep convolutional networks for efficient inference", 2018, section 3.
/// </remarks>
internal static class StoredTensors
{
    /// <summary>The tensor of the s of all int8 tensors, in their order in the file.</summary>
    public const string ScalesName = "scales";

    /// <summary>The fewest numbers to an output for which one more number, s, is worth it. A 3x3 convolution of each channel by itself has 9; in 8 bits, those of a MobileNet changed answers.</summary>
    private const int MinRows = 16;

    /// <summary>The largest whole number that a weight is kept as.</summary>
    public const float MaxWhole = 127;

    /// <summary>What the file holds for these tensors.</summary>
    public static IReadOnlyList<SafetensorsEntry> Encode(IReadOnlyList<SafetensorsEntry> tensors, WeightStorage storage)
    {
        if (storage == WeightStorage.Float32)
            return tensors;
        List<SafetensorsEntry> encoded = [];
        List<float> scales = [];
        foreach (SafetensorsEntry tensor in tensors)
            encoded.Add(storage == WeightStorage.Int8 && IsWeight(tensor.Shape) ? Quantized(tensor, scales) : tensor with { Type = FloatTypeOf(tensor) });
        if (scales.Count > 0)
            encoded.Add(new(ScalesName, [scales.Count], [.. scales]) { Type = SafetensorsType.BFloat16 });
        // Wider numbers first, so that each stands where its width divides its place.
        return [.. encoded.OrderByDescending(tensor => SafetensorsNumbers.BytesOf(tensor.Type))];
    }

    /// <summary>The tensors that a file holds, and how it held them.</summary>
    /// <exception cref="InvalidDataException">The numbers of <see cref="ScalesName"/> are not as many as the outputs of all int8 tensors.</exception>
    public static (IReadOnlyList<SafetensorsEntry> Tensors, WeightStorage Storage) Decode(IReadOnlyList<SafetensorsEntry> stored)
    {
        bool isWhole = stored.Any(tensor => tensor.Type == SafetensorsType.Int8);
        if (!isWhole)
            return (stored, stored.Any(tensor => tensor.Type == SafetensorsType.Float16) ? WeightStorage.Float16 : WeightStorage.Float32);
        float[] scales = stored.FirstOrDefault(tensor => tensor.Name == ScalesName)?.Values ?? [];
        long outputs = stored.Where(tensor => tensor.Type == SafetensorsType.Int8).Sum(tensor => tensor.Shape.Count == 0 ? 1L : tensor.Shape[^1]);
        if (scales.Length != outputs)
            throw new InvalidDataException($"the int8 tensors have {outputs} outputs, the tensor '{ScalesName}' holds {scales.Length} numbers; the file is damaged.");
        List<SafetensorsEntry> tensors = [];
        int next = 0;
        foreach (SafetensorsEntry tensor in stored.Where(tensor => tensor.Name != ScalesName))
        {
            if (tensor.Type == SafetensorsType.Int8)
            {
                int channels = tensor.Shape.Count == 0 ? 1 : tensor.Shape[^1];
                for (int i = 0; i < tensor.Values.Length; i++)
                    tensor.Values[i] *= scales[next + i % channels];
                next += channels;
            }
            tensors.Add(tensor with { Type = SafetensorsType.Float32 });
        }
        return (tensors, WeightStorage.Int8);
    }

    /// <summary>Whether numbers of this shape are kept in 8 bits.</summary>
    public static bool IsWeight(IReadOnlyList<int> shape) => shape.Count >= 2 && shape.SkipLast(1).Aggregate(1L, (product, length) => product * length) >= MinRows;

    /// <summary>s of each output.</summary>
    /// <param name="weight">[…, outputs].</param>
    /// <param name="outputs">The last dimension.</param>
    public static float[] ScalesOf(ReadOnlySpan<float> weight, int outputs)
    {
        float[] scales = new float[outputs];
        for (int i = 0; i < weight.Length; i++)
            scales[i % outputs] = Math.Max(scales[i % outputs], Math.Abs(weight[i]));
        for (int output = 0; output < outputs; output++)
            scales[output] = SafetensorsNumbers.ToBFloat16(scales[output] / MaxWhole);
        return scales;
    }

    /// <summary>q of a weight: the nearest.</summary>
    public static float Whole(double weight, float scale) => scale == 0 ? 0 : (float)Math.Clamp(Math.Round(weight / scale), -MaxWhole, MaxWhole);

    /// <summary>16 bits, unless a number is too large for them.</summary>
    private static SafetensorsType FloatTypeOf(SafetensorsEntry tensor) =>
        tensor.Values.All(value => Half.IsFinite((Half)value)) ? SafetensorsType.Float16 : SafetensorsType.Float32;

    private static SafetensorsEntry Quantized(SafetensorsEntry tensor, List<float> scales)
    {
        float[] own = ScalesOf(tensor.Values, tensor.Shape[^1]), whole = new float[tensor.Values.Length];
        for (int i = 0; i < whole.Length; i++)
            whole[i] = Whole(tensor.Values[i], own[i % own.Length]);
        scales.AddRange(own);
        return tensor with { Values = whole, Type = SafetensorsType.Int8 };
    }
}
