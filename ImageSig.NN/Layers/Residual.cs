using ImageSig.Tensors;
using ImageSig.Tensors.Autodiff;

namespace ImageSig.NN;

/// <summary><c>y = x + inner(x)</c>.</summary>
/// <exception cref="ArgumentNullException">There is no inner layer.</exception>
public sealed class Residual(string name, Layer inner) : Layer(name)
{
    /// <summary>What is added.</summary>
    internal Layer Inner { get; } = inner ?? throw new ArgumentNullException(nameof(inner));

    /// <inheritdoc/>
    public override string Kind => $"Residual ({Inner.Kind})";

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => Inner.Parameters;

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input) => Inner.OutputShape(input) == input
        ? input
        : throw new ArgumentException(
            $"{Name} (residual): the input is {input}, {Inner.Name} gives {Inner.OutputShape(input)}; both must be one shape to be added.");

    /// <inheritdoc/>
    public override long MultiplyAdds(Shape input) => Inner.MultiplyAdds(input);

    /// <inheritdoc/>
    public override Tensor Forward(Tape tape, Tensor input) => tape.Add(input, Inner.Forward(tape, input));

    /// <inheritdoc/>
    public override void Initialize(Initializer initializer) => Inner.Initialize(initializer);
}
