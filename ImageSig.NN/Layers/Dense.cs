using ImageSig.Tensors;
using ImageSig.Tensors.Autodiff;

namespace ImageSig.NN;

/// <summary><c>y = activation(x W + b)</c> on the last dimension.</summary>
public sealed class Dense : Layer
{
    private readonly int inputs;
    private readonly int outputs;
    private readonly Activation activation;
    private readonly bool startsSmall;

    /// <summary>A layer from <paramref name="inputs"/> to <paramref name="outputs"/> numbers.</summary>
    /// <param name="name">Unique in its model.</param>
    /// <param name="inputs">I.</param>
    /// <param name="outputs">O.</param>
    /// <param name="activation">On top.</param>
    /// <param name="startsSmall">Whether weights begin within ±1/√I rather than Glorot's range, which is wider where there are few outputs.</param>
    public Dense(string name, int inputs, int outputs, Activation activation = Activation.None, bool startsSmall = false)
        : base(name)
    {
        (this.inputs, this.outputs, this.activation, this.startsSmall) = (inputs, outputs, activation, startsSmall);
        Weight = new Parameter($"{name}.weight", new Shape(inputs, outputs));
        Bias = new Parameter($"{name}.bias", new Shape(outputs));
    }

    /// <summary>[inputs, outputs].</summary>
    public Parameter Weight { get; }

    /// <summary>[outputs].</summary>
    public Parameter Bias { get; }

    /// <summary>On top.</summary>
    internal Activation Activation => activation;

    /// <inheritdoc/>
    public override string Kind => $"Dense {outputs}{(activation == Activation.None ? "" : $", {activation.Name()}")}";

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => [Weight, Bias];

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input)
    {
        if (input.Rank < 1 || input.Last != inputs)
            throw new ArgumentException($"{Name} (Dense): the input is {input}; its last dimension must be {inputs}.");
        int[] dimensions = input.ToArray();
        dimensions[^1] = outputs;
        return new Shape(dimensions);
    }

    /// <inheritdoc/>
    public override long MultiplyAdds(Shape input) => (long)input.Count * outputs;

    /// <inheritdoc/>
    public override Tensor Forward(Tape tape, Tensor input) => tape.Dense(input, Weight.Value, Bias.Value, activation);

    /// <inheritdoc/>
    public override void Initialize(Initializer initializer)
    {
        if (startsSmall)
            initializer.FanIn(Weight, inputs);
        else
            initializer.GlorotUniform(Weight, inputs, outputs);
    }
}
