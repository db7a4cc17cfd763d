using ImageSig.Tensors.Kernels;

namespace ImageSig.Tensors.Autodiff;

public sealed partial class Tape
{
    /// <summary><c>max(x, 0)</c>, element by element; NaN becomes 0.</summary>
    public Tensor Relu(Tensor input)
    {
        Tensor output = Result(input.Shape, input.RequiresGradient);
        ActivationKernel.Relu(input.Span, output.Span);
        if (output.RequiresGradient)
        {
            ReluOp operation = Reuse<ReluOp>() ?? new ReluOp();
            operation.Input = input;
            Record(operation, output);
        }
        return output;
    }

    private sealed class ReluOp : TapeOp
    {
        public Tensor Input { get; set; } = null!;

        internal override void Backward(Gradients gradients)
        {
            Span<float> outer = gradients.Of(Output);
            ActivationKernel.ReluBackward(Output.Span, outer);
            ReduceKernel.Add(outer, gradients.Of(Input));
        }
    }
}
