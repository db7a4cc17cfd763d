using ImageSig.Tensors;

namespace ImageSig.NN;

/// <summary>The layers of a network, built and described, their shapes checked, without memory for their weights yet.</summary>
internal sealed class ModelDraft
{
    private ModelDraft(ModelSpec spec, Shape input, ModelBuilder builder)
    {
        (Spec, Input, Outputs) = (spec, input, builder.Shape.Last);
        (Layers, Summaries) = (builder.Layers, builder.Summaries);
        Stages = FeatureStage.Of(Layers, Summaries);
        StoredCount = Layers.SelectMany(layer => layer.Parameters).Sum(parameter => (long)parameter.Count);
        ParameterCount = Summaries.Sum(layer => layer.ParameterCount) + builder.FoldedAway;
    }

    /// <summary>Which network this is.</summary>
    public ModelSpec Spec { get; }

    /// <summary>The shape of one sample.</summary>
    public Shape Input { get; }

    /// <summary>How many scores come out.</summary>
    public int Outputs { get; }

    /// <summary>How many numbers the last layer makes the scores of.</summary>
    public int FeatureCount => Summaries.Count < 2 ? Input.Count : Summaries[^2].OutputShape.Count;

    /// <summary>The layers on the way to those.</summary>
    public IReadOnlyList<FeatureStage> Stages { get; }

    /// <summary>The layers, described.</summary>
    public IReadOnlyList<LayerSummary> Summaries { get; }

    /// <summary>How many numbers training finds; those of a folded model before it was folded.</summary>
    public long ParameterCount { get; }

    /// <summary>How many numbers a model file holds: running statistics included, those folded away left out.</summary>
    public long StoredCount { get; }

    /// <summary>The layers themselves.</summary>
    internal IReadOnlyList<Layer> Layers { get; }

    /// <summary>Builds the layers that <paramref name="spec"/> names.</summary>
    /// <param name="spec">Which network.</param>
    /// <param name="input">The shape of one sample, without the batch.</param>
    /// <param name="outputs">Number of scores: of classes, of questions, of numbers to estimate.</param>
    /// <exception cref="SettingException">A number of the spec is out of range, or the network cannot take such samples or is too large; the message says what would fit.</exception>
    public static ModelDraft Of(ModelSpec spec, Shape input, int outputs)
    {
        ArgumentNullException.ThrowIfNull(spec);
        if (outputs < 1)
            throw new SettingException($"Model {spec.Name}: {outputs} outputs; at least one is needed.");
        spec.Check();
        ModelBuilder builder = new(spec.Name, input, outputs, spec.IsFolded);
        try
        {
            spec.AddTo(builder);
        }
        catch (ArgumentException misfit) when (misfit.GetType() == typeof(ArgumentException))
        {
            // Layers do not know whether their sizes come from a setting; here they all do.
            throw new SettingException(misfit.Message, misfit);
        }
        return builder.Shape == new Shape(outputs)
            ? new ModelDraft(spec, input, builder)
            : throw new ArgumentException($"Model {spec.Name}: {builder.Shape} comes out of the layers; {new Shape(outputs)} must.");
    }

    /// <summary>Takes layers of one's own.</summary>
    /// <exception cref="ArgumentException">A layer cannot take what those before it give, or what comes out is not a row of scores.</exception>
    internal static ModelDraft Of(IReadOnlyList<Layer> layers, Shape input)
    {
        ModelBuilder builder = new(LayersSpec.Instance.Name, input, outputs: 0, isFolded: false);
        if (layers.Count == 0)
            throw new ArgumentException("Model: there are no layers.");
        foreach (Layer layer in layers)
            builder.Add(layer);
        return builder.Shape.Rank == 1
            ? new ModelDraft(LayersSpec.Instance, input, builder)
            : throw new ArgumentException($"Model: {builder.Shape} comes out of the layers; it must be one row of scores, [outputs]. Flatten or pool it.");
    }
}
