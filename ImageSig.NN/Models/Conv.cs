namespace ImageSig.NN;

/// <summary>Two convolutions along the streams, then one hidden dense layer.</summary>
/// <param name="Neurons">Width of the hidden layer.</param>
/// <param name="Dropout">Rate behind it, in [0, 1).</param>
public sealed record ConvSpec(int Neurons = 50, float Dropout = 0.4f) : ModelSpec
{
    private static readonly ModelField[] Values =
    [
        ModelField.Rate<ConvSpec>("dropout", spec => spec.Dropout, (spec, value) => spec with { Dropout = value }),
        ModelField.Whole<ConvSpec>("neurons", "number of neurons", ModelBounds.MaxNeurons, spec => spec.Neurons, (spec, value) => spec with { Neurons = value }),
    ];

    /// <inheritdoc/>
    public override string Name => ModelKinds.Conv;

    /// <inheritdoc/>
    public override ModelInput Input => ModelInput.Signatures;

    /// <inheritdoc/>
    public override TrainingOptions? PaperTraining => StandardTraining.Paper;

    /// <inheritdoc/>
    protected override IReadOnlyList<ModelField> Fields => Values;

    /// <inheritdoc/>
    protected override void Build(ModelBuilder layers)
    {
        layers.AddStreamConvolutions();
        layers.Add(new Flatten("flatten"));
        layers.AddHead(Neurons, Dropout);
    }
}
