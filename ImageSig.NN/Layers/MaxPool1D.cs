using ImageSig.Tensors;
using ImageSig.Tensors.Autodiff;

namespace ImageSig.NN;

/// <summary>The maximum of every <c>size</c> steps of [T, C]; steps left over at the end are dropped.</summary>
public sealed class MaxPool1D(string name, int size) : Layer(name)
{
    private readonly int size = size >= 1 ? size : throw new ArgumentException($"{name} (MaxPool1D): the window is {size}; it must be at least 1.");

    /// <summary>Steps of a window.</summary>
    internal int Size => size;

    /// <inheritdoc/>
    public override string Kind => $"MaxPool1D {size}";

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input) => input.Rank == 2 && input[0] >= size
        ? new Shape(input[0] / size, input[1])
        : throw new ArgumentException(
            $"{Name} (MaxPool1D): the input is {input}; it must be [T, C] with at least {size} steps. Use larger images or more streams.");

    /// <inheritdoc/>
    public override Tensor Forward(Tape tape, Tensor input) => tape.MaxPool1D(input, size);
}
