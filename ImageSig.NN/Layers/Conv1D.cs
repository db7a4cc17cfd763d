using ImageSig.Tensors;
using ImageSig.Tensors.Autodiff;

namespace ImageSig.NN;

/// <summary>A convolution along the steps of [T, C]: <c>y = activation(x ∗ W + b)</c>.</summary>
public sealed class Conv1D : Layer
{
    private readonly int channels;
    private readonly int outputs;
    private readonly int kernel;
    private readonly Activation activation;
    private readonly Convolution1DOptions options;

    /// <summary>A layer from <paramref name="channels"/> to <paramref name="outputs"/> channels.</summary>
    /// <exception cref="ArgumentException">A size or an option is out of range.</exception>
    public Conv1D(
        string name, int channels, int outputs, int kernel, Activation activation = Activation.None, Convolution1DOptions? options = null)
        : base(name)
    {
        (this.channels, this.outputs, this.kernel, this.activation) = (channels, outputs, kernel, activation);
        this.options = options ?? new Convolution1DOptions();
        this.options.Check($"{name} (Conv1D)");
        Weight = new Parameter($"{name}.weight", new Shape(kernel, channels, outputs));
        Bias = new Parameter($"{name}.bias", new Shape(outputs));
    }

    /// <summary>[kernel, channels, outputs].</summary>
    public Parameter Weight { get; }

    /// <summary>[outputs].</summary>
    public Parameter Bias { get; }

    /// <summary>On top.</summary>
    internal Activation Activation => activation;

    /// <summary>How the kernel moves.</summary>
    internal Convolution1DOptions Options => options;

    /// <inheritdoc/>
    public override string Kind => $"Conv1D {outputs}, kernel {kernel}{(activation == Activation.None ? "" : $", {activation.Name()}")}";

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => [Weight, Bias];

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input)
    {
        if (input.Rank != 2 || input[1] != channels)
            throw new ArgumentException($"{Name} (Conv1D): the input is {input}; it must be [T, {channels}].");
        int steps = options.OutputLength(input[0], kernel);
        return steps > 0
            ? new Shape(steps, outputs)
            : throw new ArgumentException(
                $"{Name} (Conv1D): the input is {input}, {input[0]} steps; a kernel of {kernel} needs at least {(kernel - 1) * (long)options.Dilation + 1 - options.PaddingBefore - options.PaddingAfter}. Use larger images or more streams.");
    }

    /// <inheritdoc/>
    public override long MultiplyAdds(Shape input) => (long)OutputShape(input).Count * kernel * channels;

    /// <inheritdoc/>
    public override Tensor Forward(Tape tape, Tensor input) => tape.Conv1D(input, Weight.Value, Bias.Value, activation, options);

    /// <inheritdoc/>
    public override void Initialize(Initializer initializer) =>
        initializer.GlorotUniform(Weight, kernel * channels, kernel * outputs);
}
