using ImageSig.Tensors;
using ImageSig.Tensors.Autodiff;

namespace ImageSig.NN;

/// <summary>A convolution over the pixels of [H, W, C] with a square kernel: <c>y = activation(x ∗ W (+ b))</c>.</summary>
public sealed class Conv2D : Layer
{
    private readonly int channels;
    private readonly int outputs;
    private readonly int kernel;
    private readonly Convolution2DOptions options;
    private readonly Activation activation;

    /// <summary>A layer from <paramref name="channels"/> to <paramref name="outputs"/> channels.</summary>
    /// <exception cref="ArgumentException">A size or an option is out of range.</exception>
    public Conv2D(
        string name, int channels, int outputs, int kernel, Convolution2DOptions options, bool hasBias, Activation activation = Activation.None)
        : base(name)
    {
        (this.channels, this.outputs, this.kernel, this.options, this.activation) = (channels, outputs, kernel, options, activation);
        options.Check($"{name} (Conv2D)");
        Weight = new Parameter($"{name}.weight", new Shape(kernel, kernel, channels, outputs));
        Bias = hasBias ? new Parameter($"{name}.bias", new Shape(outputs)) : null;
    }

    /// <summary>[kernel, kernel, channels, outputs].</summary>
    public Parameter Weight { get; }

    /// <summary>[outputs], or null: a normalization behind it would take it out again.</summary>
    public Parameter? Bias { get; }

    /// <summary>Whether each output pixel sees one input pixel only, and every pixel: then it mixes channels and nothing else.</summary>
    internal bool IsPointwise => kernel == 1 && options.Padding == 0;

    /// <summary>On top.</summary>
    internal Activation Activation => activation;

    /// <summary>Stride and padding.</summary>
    internal Convolution2DOptions Options => options;

    /// <inheritdoc/>
    public override string Kind => $"Conv2D {outputs}, kernel {kernel}{(options.Stride == 1 ? "" : $", stride {options.Stride}")}{(activation == Activation.None ? "" : $", {activation.Name()}")}";

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => Bias is null ? [Weight] : [Weight, Bias];

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input)
    {
        if (input.Rank != 3 || input[2] != channels)
            throw new ArgumentException($"{Name} (Conv2D): the input is {input}; it must be [H, W, {channels}].");
        int height = options.OutputLength(input[0], kernel);
        int width = options.OutputLength(input[1], kernel);
        return height > 0 && width > 0
            ? new Shape(height, width, outputs)
            : throw new ArgumentException($"{Name} (Conv2D): the input is {input}, smaller than a kernel of {kernel}. Use larger images.");
    }

    /// <inheritdoc/>
    public override long MultiplyAdds(Shape input) => (long)OutputShape(input).Count * kernel * kernel * channels;

    /// <inheritdoc/>
    public override Tensor Forward(Tape tape, Tensor input) => tape.Conv2D(input, Weight.Value, Bias?.Value, options, activation);

    /// <inheritdoc/>
    public override void Initialize(Initializer initializer) =>
        initializer.FanIn(Weight, kernel * kernel * channels);
}
