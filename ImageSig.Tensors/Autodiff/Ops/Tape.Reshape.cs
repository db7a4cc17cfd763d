using ImageSig.Tensors.Kernels;

namespace ImageSig.Tensors.Autodiff;

public sealed partial class Tape
{
    /// <summary>The same numbers under another shape; nothing is copied.</summary>
    /// <exception cref="ArgumentException">The shapes hold different counts.</exception>
    public Tensor Reshape(Tensor input, Shape shape)
    {
        if (shape.Count != input.Shape.Count)
            throw new ArgumentException(
                $"Reshape: input is {input.Shape} ({input.Shape.Count} numbers), the new shape {shape} holds {shape.Count}; the counts must be equal.");
        Tensor output = Track(Arena.View(input, shape), input.RequiresGradient);
        if (output.RequiresGradient)
        {
            ReshapeOp operation = Reuse<ReshapeOp>() ?? new ReshapeOp();
            operation.Input = input;
            operation.Arena = Arena;
            Record(operation, output);
        }
        return output;
    }

    private sealed class ReshapeOp : TapeOp
    {
        public Tensor Input { get; set; } = null!;

        public TensorArena Arena { get; set; } = null!;

        public override void Backward(Gradients gradients)
        {
            if (Input.Slot >= 0 && !gradients.Has(Input))
            {
                gradients.Share(Input, Output, Arena);
                return;
            }
            ReduceKernel.Add(gradients.Of(Output), gradients.Of(Input));
        }
    }
}
