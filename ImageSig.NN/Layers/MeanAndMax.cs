using ImageSig.Tensors;
using ImageSig.Tensors.Autodiff;

namespace ImageSig.NN;

/// <summary>[H, W, C] to [2 C]: the mean of every channel, then its maximum.</summary>
public sealed class MeanAndMax(string name) : Layer(name)
{
    /// <inheritdoc/>
    public override string Kind => "Mean and maximum";

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input) => input.Rank == 3
        ? new Shape(2 * input[2])
        : throw new ArgumentException($"{Name} (mean and maximum): the input is {input}; it must be [H, W, C].");

    /// <inheritdoc/>
    public override Tensor Forward(Tape tape, Tensor input)
    {
        int positions = input.Shape[1] * input.Shape[2];
        int channels = input.Shape[3];
        Tensor rows = tape.Reshape(input, new Shape(input.Shape[0], positions, channels));
        Tensor both = tape.Concat(tape.AveragePool1D(rows, positions), tape.MaxPool1D(rows, positions));
        return tape.Reshape(both, new Shape(input.Shape[0], 2 * channels));
    }
}
