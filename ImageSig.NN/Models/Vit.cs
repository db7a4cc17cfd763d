using ImageSig.Tensors;
using ImageSig.Tensors.Autodiff;

namespace ImageSig.NN;

/// <summary>A small vision transformer on pixels, to compare with: patches, positions, blocks, mean over patches.</summary>
/// <param name="Patch">Pixels on a side of a patch.</param>
/// <param name="Features">Size of each position.</param>
/// <param name="Blocks">Transformer blocks.</param>
/// <param name="Heads">Attention heads; they divide the features.</param>
/// <param name="Dropout">Rate in the blocks and in front of the last layer, in [0, 1).</param>
public sealed record VitSpec(int Patch = 8, int Features = 64, int Blocks = 4, int Heads = 4, float Dropout = 0.1f) : ModelSpec
{
    private static readonly ModelField[] Values =
    [
        ModelField.Rate<VitSpec>("dropout", spec => spec.Dropout, (spec, value) => spec with { Dropout = value }),
        ModelField.Whole<VitSpec>("blocks", "transformer blocks", ModelBounds.MaxBlocks, spec => spec.Blocks, (spec, value) => spec with { Blocks = value }),
        ModelField.Whole<VitSpec>("heads", "attention heads", ModelBounds.MaxSize, spec => spec.Heads, (spec, value) => spec with { Heads = value }),
        ModelField.Whole<VitSpec>("patch", "patches", ModelBounds.MaxSize, spec => spec.Patch, (spec, value) => spec with { Patch = value }),
        ModelField.Whole<VitSpec>("features", "size of positions", ModelBounds.MaxSize, spec => spec.Features, (spec, value) => spec with { Features = value }),
    ];

    /// <inheritdoc/>
    public override string Name => ModelKinds.Vit;

    /// <inheritdoc/>
    public override ModelInput Input => ModelInput.Pixels;

    /// <inheritdoc/>
    public override TrainingOptions DefaultTraining => StandardTraining.Default with { LabelSmoothing = 0.1f };

    /// <inheritdoc/>
    protected override IReadOnlyList<ModelField> Fields => Values;

    /// <inheritdoc/>
    protected override void Build(ModelBuilder layers)
    {
        layers.RequirePixels(min: Patch);
        layers.Add(new Conv2D("patches", layers.Shape.Last, Features, Patch, new Convolution2DOptions { Stride = Patch }, hasBias: true));
        layers.Add(new Positions("tokens"));
        layers.Add(new PositionEmbedding("positions", layers.Shape[0], Features));
        layers.AddTransformerBlocks(Blocks, new TransformerBlockOptions
        {
            Features = Features,
            Hidden = 2 * Features,
            Heads = Heads,
            KeySize = Features / Heads,
            Dropout = Dropout,
        });
        layers.Add(new LayerNorm("norm", Features));
        layers.Add(new MeanOverPositions("pooling"));
        layers.AddDropout(Dropout);
        layers.Add(new Dense("dense", Features, layers.Outputs));
    }

    /// <inheritdoc/>
    protected override void CheckTogether()
    {
        if (Features % Heads != 0)
            throw new SettingException($"Model {Name}: {Features} features, {Heads} heads; the heads must divide the features.");
    }
}
