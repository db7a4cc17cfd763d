using ImageSig.Tensors;
using ImageSig.Tensors.Autodiff;

namespace ImageSig.NN;

/// <summary>The maximum of every <c>size</c> x <c>size</c> pixels of [H, W, C]; pixels left over are dropped.</summary>
public sealed class MaxPool2D(string name, int size) : Layer(name)
{
    private readonly int size = size >= 1 ? size : throw new ArgumentException($"{name} (MaxPool2D): the window is {size}; it must be at least 1.");

    /// <summary>Pixels of a side of a window.</summary>
    internal int Size => size;

    /// <inheritdoc/>
    public override string Kind => $"MaxPool2D {size}";

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input) => input.Rank == 3 && input[0] >= size && input[1] >= size
        ? new Shape(input[0] / size, input[1] / size, input[2])
        : throw new ArgumentException(
            $"{Name} (MaxPool2D): the input is {input}; it must be [H, W, C] of at least {size} x {size} pixels. Use larger images.");

    /// <inheritdoc/>
    public override Tensor Forward(Tape tape, Tensor input) => tape.MaxPool2D(input, size);
}
