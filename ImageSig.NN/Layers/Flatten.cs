using ImageSig.Tensors;
using ImageSig.Tensors.Autodiff;

namespace ImageSig.NN;

/// <summary>All numbers of a sample in one row; nothing is copied.</summary>
public sealed class Flatten(string name) : Layer(name)
{
    /// <inheritdoc/>
    public override string Kind => "Flatten";

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input) => new(input.Count);

    /// <inheritdoc/>
    public override Tensor Forward(Tape tape, Tensor input)
    {
        int batch = input.Shape[0];
        return tape.Reshape(input, new Shape(batch, input.Shape.Count / batch));
    }
}
