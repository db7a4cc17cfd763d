using ImageSig.Tensors;
using ImageSig.Tensors.Autodiff;

namespace ImageSig.NN;

/// <summary>[T, F] to [F]: the mean over positions.</summary>
public sealed class MeanOverPositions(string name) : Layer(name)
{
    /// <inheritdoc/>
    public override string Kind => "Mean over positions";

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input) => input.Rank == 2
        ? new Shape(input[1])
        : throw new ArgumentException($"{Name} (mean over positions): the input is {input}; it must be [T, F].");

    /// <inheritdoc/>
    public override Tensor Forward(Tape tape, Tensor input) => tape.Reshape(
        tape.AveragePool1D(input, input.Shape[1]), new Shape(input.Shape[0], input.Shape[2]));
}

/// <summary>[H, W, C] as [H · W, C]: pixels become positions; nothing is copied.</summary>
public sealed class Positions(string name) : Layer(name)
{
    /// <inheritdoc/>
    public override string Kind => "Positions";

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input) => input.Rank == 3
        ? new Shape(input[0] * input[1], input[2])
        : throw new ArgumentException($"{Name} (positions): the input is {input}; it must be [H, W, C].");

    /// <inheritdoc/>
    public override Tensor Forward(Tape tape, Tensor input) =>
        tape.Reshape(input, new Shape(input.Shape[0], input.Shape[1] * input.Shape[2], input.Shape[3]));
}
