using ImageSig.Tensors.Autodiff;

namespace ImageSig.NN;

/// <summary>A small convolutional network on pixels, to compare with.</summary>
/// <param name="Dropout">Rate in front of the last layer, in [0, 1).</param>
public sealed record CnnSpec(float Dropout = 0.3f) : ModelSpec
{
    private static readonly ModelField[] Values =
    [
        ModelField.Rate<CnnSpec>("dropout", spec => spec.Dropout, (spec, value) => spec with { Dropout = value }),
        ModelField.Folded,
    ];

    /// <inheritdoc/>
    public override string Name => ModelKinds.Cnn;

    /// <inheritdoc/>
    public override ModelInput Input => ModelInput.Pixels;

    /// <inheritdoc/>
    public override TrainingOptions DefaultTraining => StandardTraining.OfPixels;

    /// <inheritdoc/>
    protected override IReadOnlyList<ModelField> Fields => Values;

    /// <inheritdoc/>
    protected override void Build(ModelBuilder layers)
    {
        layers.RequirePixels(min: 16);
        AddConvolution(1, outputs: 16, stride: 2);
        AddConvolution(2, outputs: 32, stride: 2);
        AddConvolution(3, outputs: 64, stride: 2);
        AddConvolution(4, outputs: 48, stride: 1);
        layers.Add(new MeanAndMax("pooling"));
        layers.AddDropout(Dropout);
        layers.Add(new Dense("dense", layers.Shape.Last, layers.Outputs));

        void AddConvolution(int number, int outputs, int stride) => layers.AddNormalizedConvolution(
            $"conv{number}", $"norm{number}", outputs, kernel: 3, new Convolution2DOptions { Stride = stride, Padding = 1 }, Activation.Relu);
    }
}
