using ImageSig.Tensors.Kernels;

namespace ImageSig.NN;

/// <summary>A layer on the way to the last feature layer, and the numbers that say how an image looks to it: each channel's mean and standard deviation over the positions of its
/// result, or the result itself where that is one row.</summary>
/// <param name="Layer">The layer's name.</param>
/// <param name="Index">Its place among the model's layers.</param>
/// <param name="Channels">C, of its result.</param>
/// <param name="Positions">P, of its result for one sample.</param>
internal sealed record FeatureStage(string Layer, int Index, int Channels, int Positions)
{
    /// <summary>Beyond so many numbers, features are not what a layer of classes takes, and their means are larger than the network.</summary>
    public const int MaxCount = 4096;

    /// <summary>How many numbers there are: 2C, or C of one row.</summary>
    public int Count => Positions > 1 ? 2 * Channels : Channels;

    /// <summary>The stages of a network: its layers that have weights and multiply, of at most <see cref="MaxCount"/> numbers, but the last and the one that the last layer's features come from.</summary>
    /// <param name="layers">All of them.</param>
    /// <param name="summaries">What they are.</param>
    public static IReadOnlyList<FeatureStage> Of(IReadOnlyList<Layer> layers, IReadOnlyList<LayerSummary> summaries)
    {
        int last = layers.Count - 2;
        while (last > 0 && layers[last] is Dropout)
            last--;
        return
        [
            .. Sequences.Range(0, Math.Max(0, last))
                .Where(index => layers[index].Parameters.Count > 0 && summaries[index].MultiplyAdds > 0)
                .Select(index => (Index: index, Shape: summaries[index].OutputShape))
                .Select(layer => new FeatureStage(layers[layer.Index].Name, layer.Index, layer.Shape.Last, layer.Shape.Count / layer.Shape.Last))
                .Where(stage => stage.Count <= MaxCount),
        ];
    }

    /// <summary>Takes them from what the layer gave for one sample.</summary>
    /// <param name="result">[P, C].</param>
    /// <param name="numbers">[<see cref="Count"/>]: means, then deviations.</param>
    public void Measure(ReadOnlySpan<float> result, Span<float> numbers)
    {
        if (Positions == 1)
        {
            result.CopyTo(numbers);
            return;
        }
        numbers.Clear();
        Span<float> means = numbers[..Channels], deviations = numbers[Channels..];
        ReduceKernel.AddRows(result, Positions, means);
        foreach (ref float mean in means)
            mean /= Positions;
        ColumnKernel.AddSquares(result, means, deviations);
        foreach (ref float deviation in deviations)
            deviation = MathF.Sqrt(deviation / Positions);
    }
}
