using ImageSig.Tensors;
using ImageSig.Tensors.Autodiff;

namespace ImageSig.NN;

/// <summary><c>y = x + inner(x)</c>.</summary>
public sealed class Residual(string name, Layer inner) : Layer(name)
{
    /// <summary>What is added.</summary>
    internal Layer Inner => inner;

    /// <inheritdoc/>
    public override string Kind => $"Residual ({inner.Kind})";

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => inner.Parameters;

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input) => inner.OutputShape(input) == input
        ? input
        : throw new ArgumentException(
            $"{Name} (residual): the input is {input}, {inner.Name} gives {inner.OutputShape(input)}; both must be one shape to be added.");

    /// <inheritdoc/>
    public override long MultiplyAdds(Shape input) => inner.MultiplyAdds(input);

    /// <inheritdoc/>
    public override Tensor Forward(Tape tape, Tensor input) => tape.Add(input, inner.Forward(tape, input));

    /// <inheritdoc/>
    public override void Initialize(Initializer initializer) => inner.Initialize(initializer);
}
