using ImageSig.Tensors.Autodiff;

namespace ImageSig.NN;

/// <summary>The convolutions of <see cref="ConvSpec"/>, then transformer blocks, attention pooling and one hidden dense layer.</summary>
/// <param name="Blocks">Transformer blocks, stacked.</param>
/// <param name="Neurons">Width of the hidden layer.</param>
/// <param name="Dropout">Rate in front of the pooling and behind the hidden layer, in [0, 1).</param>
/// <param name="Heads">Attention heads of a block.</param>
/// <param name="KeySize">Size of a head's keys.</param>
/// <param name="BlockDropout">Rate inside the blocks, in [0, 1).</param>
/// <param name="Activation">Inside the blocks: GELU, or the ReLU of the paper's supplement.</param>
public sealed record AttentionSpec(
    int Blocks = 1, int Neurons = 50, float Dropout = 0.4f, int Heads = 8, int KeySize = 64, float BlockDropout = 0.1f,
    Activation Activation = Activation.Gelu) : ModelSpec
{
    private static readonly ModelField[] Values =
    [
        ModelField.Rate<AttentionSpec>("dropout", spec => spec.Dropout, (spec, value) => spec with { Dropout = value }),
        ModelField.Whole<AttentionSpec>("neurons", "number of neurons", ModelBounds.MaxNeurons, spec => spec.Neurons, (spec, value) => spec with { Neurons = value }),
        ModelField.Whole<AttentionSpec>("blocks", "transformer blocks", ModelBounds.MaxBlocks, spec => spec.Blocks, (spec, value) => spec with { Blocks = value }),
        ModelField.Whole<AttentionSpec>("heads", "attention heads", ModelBounds.MaxSize, spec => spec.Heads, (spec, value) => spec with { Heads = value }),
        ModelField.Whole<AttentionSpec>("keySize", "size of a head's keys", ModelBounds.MaxSize, spec => spec.KeySize, (spec, value) => spec with { KeySize = value }),
        ModelField.Rate<AttentionSpec>("blockDropout", spec => spec.BlockDropout, (spec, value) => spec with { BlockDropout = value }, place: "blocks"),
        ModelField.Choice<AttentionSpec, Activation>(
            "activation", [("gelu", Activation.Gelu), ("relu", Activation.Relu)], spec => spec.Activation, (spec, value) => spec with { Activation = value }),
    ];

    /// <inheritdoc/>
    public override string Name => ModelKinds.Attention;

    /// <inheritdoc/>
    public override ModelInput Input => ModelInput.Signatures;

    /// <inheritdoc/>
    public override TrainingOptions DefaultTraining => StandardTraining.Default with { LabelSmoothing = 0.1f };

    /// <inheritdoc/>
    public override TrainingOptions? PaperTraining => StandardTraining.Paper with
    {
        Epochs = 3000,
        BatchSize = 300,
        Optimizer = OptimizerKind.AdamW,
        WeightDecay = 0.0001f,
        Loss = LossKind.CrossEntropy,
        LabelSmoothing = 0.1f,
    };

    /// <inheritdoc/>
    protected override IReadOnlyList<ModelField> Fields => Values;

    /// <inheritdoc/>
    protected override void Build(ModelBuilder layers)
    {
        layers.AddStreamConvolutions();
        int features = layers.Shape.Last;
        layers.AddTransformerBlocks(Blocks, new TransformerBlockOptions
        {
            Features = features,
            Hidden = features,
            Heads = Heads,
            KeySize = KeySize,
            Dropout = BlockDropout,
            Activation = Activation,
        });
        layers.Add(new LayerNorm("norm", features));
        layers.AddDropout(Dropout);
        layers.Add(new AttentionPooling("pooling", features));
        layers.AddHead(Neurons, Dropout);
    }
}
