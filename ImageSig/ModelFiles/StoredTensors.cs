using ImageSig.Tensors;

namespace ImageSig;

/// <summary>Tensors of a model between float and what a smaller file keeps of them.</summary>
/// <remarks>
/// A weight of int8 is <c>w ≈ q · s</c>, q a whole number from −127 to 127 and s one number for each output, the last dimension: the largest weight of the output, divided by 127 and rounded to BF16, which has
/// the range of a float. So the largest q is 127 again when numbers that were read are written once more: a file read and saved is the same file. Of what tells unknown pictures, which is no layer's weight, each row has an s.
/// Source: Krishnamoorthi, "Quantizing deep convolutional networks for efficient inference", 2018, section 3.
/// </remarks>
internal static class StoredTensors
{
    /// <summary>The tensor of the s of all int8 tensors, in their order in the file.</summary>
    public const string ScalesName = "scales";

    /// <summary>The same of those that have one for each row. A file without it has none such.</summary>
    public const string RowScalesName = "row_scales";

    /// <summary>The fewest numbers to an s for which one more number, s, is worth it. A 3x3 convolution of each channel by itself has 9; in 8 bits, those of a MobileNet changed answers.</summary>
    private const int MinRows = 16;

    /// <summary>The largest whole number that a weight is kept as.</summary>
    public const float MaxWhole = 127;

    /// <summary>What the file holds for these tensors.</summary>
    public static IReadOnlyList<SafetensorsEntry> Encode(IReadOnlyList<SafetensorsEntry> tensors, WeightStorage storage)
    {
        if (storage == WeightStorage.Float32)
            return tensors;
        List<SafetensorsEntry> encoded = [];
        List<float> scales = [], rowScales = [];
        foreach (SafetensorsEntry tensor in tensors)
        {
            bool hasRows = HasRows(tensor);
            bool isWhole = storage == WeightStorage.Int8 && (hasRows ? tensor.Shape[1] >= MinRows : IsWeight(tensor.Shape));
            encoded.Add(isWhole ? Quantized(tensor, hasRows, hasRows ? rowScales : scales) : tensor with { Type = FloatTypeOf(tensor) });
        }
        Add(ScalesName, scales);
        Add(RowScalesName, rowScales);
        // Wider numbers first, so that each stands where its width divides its place.
        return [.. encoded.OrderByDescending(tensor => SafetensorsNumbers.BytesOf(tensor.Type))];

        void Add(string name, List<float> values)
        {
            if (values.Count > 0)
                encoded.Add(new(name, [values.Count], [.. values]) { Type = SafetensorsType.BFloat16 });
        }
    }

    /// <summary>The tensors that a file holds, and how it held them.</summary>
    /// <exception cref="InvalidDataException">The numbers of <see cref="ScalesName"/> or <see cref="RowScalesName"/> are not as many as the int8 tensors need.</exception>
    public static (IReadOnlyList<SafetensorsEntry> Tensors, WeightStorage Storage) Decode(IReadOnlyList<SafetensorsEntry> stored)
    {
        bool isWhole = stored.Any(tensor => tensor.Type == SafetensorsType.Int8);
        if (!isWhole)
            return (stored, stored.Any(tensor => tensor.Type == SafetensorsType.Float16) ? WeightStorage.Float16 : WeightStorage.Float32);
        bool hasRowScales = stored.Any(tensor => tensor.Name == RowScalesName);
        List<SafetensorsEntry> tensors = [.. stored.Where(tensor => tensor.Name is not (ScalesName or RowScalesName)).Select(tensor => tensor with { Type = SafetensorsType.Float32 })];
        Scale(byRows: false, ScalesName);
        Scale(byRows: true, RowScalesName);
        return (tensors, WeightStorage.Int8);

        void Scale(bool byRows, string name)
        {
            SafetensorsEntry[] whole = [.. stored.Where(tensor => tensor.Type == SafetensorsType.Int8 && (hasRowScales && HasRows(tensor)) == byRows)];
            float[] scales = stored.FirstOrDefault(tensor => tensor.Name == name)?.Values ?? [];
            long needed = whole.Sum(tensor => (long)Sharing(tensor, byRows).Scales);
            if (scales.Length != needed)
                throw new InvalidDataException($"the int8 tensors need {needed} numbers in the tensor '{name}', which holds {scales.Length}; the file is damaged.");
            int next = 0;
            foreach (SafetensorsEntry tensor in whole)
            {
                (int count, int run) = Sharing(tensor, byRows);
                for (int i = 0; i < tensor.Values.Length; i++)
                    tensor.Values[i] *= scales[next + i / run % count];
                next += count;
            }
        }
    }

    /// <summary>Whether a weight of this shape is kept in 8 bits.</summary>
    public static bool IsWeight(IReadOnlyList<int> shape) => shape.Count >= 2 && shape.Take(shape.Count - 1).Aggregate(1L, (product, length) => product * length) >= MinRows;

    /// <summary>s of each output, or of each row.</summary>
    /// <param name="values">[…, outputs], or [rows, columns].</param>
    /// <param name="count">The last dimension, or the first.</param>
    /// <param name="run">How many numbers one after the other have the same s: 1, or the columns.</param>
    public static float[] ScalesOf(ReadOnlySpan<float> values, int count, int run = 1)
    {
        float[] scales = new float[count];
        for (int i = 0; i < values.Length; i++)
        {
            ref float scale = ref scales[i / run % count];
            scale = Math.Max(scale, Math.Abs(values[i]));
        }
        for (int i = 0; i < count; i++)
            scales[i] = SafetensorsNumbers.ToBFloat16(scales[i] / MaxWhole);
        return scales;
    }

    /// <summary>q of a weight: the nearest.</summary>
    public static float Whole(double weight, float scale) => scale == 0 ? 0 : (float)Math.Clamp(Math.Round(weight / scale), -MaxWhole, MaxWhole);

    private static bool HasRows(SafetensorsEntry tensor) => tensor.Shape.Count == 2 && AnswersMetadata.HasRows(tensor.Name);

    /// <summary>How many s a tensor has, and how many of its numbers one after the other have the same.</summary>
    private static (int Scales, int Run) Sharing(SafetensorsEntry tensor, bool byRows) =>
        byRows ? (tensor.Shape[0], tensor.Shape[1]) : (tensor.Shape.Count == 0 ? 1 : tensor.Shape[^1], 1);

    /// <summary>16 bits, unless a number is too large for them.</summary>
    private static SafetensorsType FloatTypeOf(SafetensorsEntry tensor) =>
        tensor.Values.All(value => Half.IsFinite((Half)value)) ? SafetensorsType.Float16 : SafetensorsType.Float32;

    private static SafetensorsEntry Quantized(SafetensorsEntry tensor, bool byRows, List<float> scales)
    {
        (int count, int run) = Sharing(tensor, byRows);
        float[] own = ScalesOf(tensor.Values, count, run), whole = new float[tensor.Values.Length];
        for (int i = 0; i < whole.Length; i++)
            whole[i] = Whole(tensor.Values[i], own[i / run % count]);
        scales.AddRange(own);
        return tensor with { Values = whole, Type = SafetensorsType.Int8 };
    }
}
