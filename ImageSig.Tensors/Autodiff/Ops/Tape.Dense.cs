using ImageSig.Tensors.Kernels;

namespace ImageSig.Tensors.Autodiff;

public sealed partial class Tape
{
    /// <summary><c>y = activation(x W + b)</c>; ReLU happens inside the matrix product.</summary>
    /// <param name="input">[..., I]; all leading dimensions are rows.</param>
    /// <param name="weight">[I, O].</param>
    /// <param name="bias">[O], or null for none.</param>
    /// <returns>[..., O].</returns>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public Tensor Dense(Tensor input, Tensor weight, Tensor? bias, Activation activation = Activation.None) =>
        ActivationKernel.IsFused(activation)
            ? FusedDense(input, weight, bias, activation)
            : Activate(FusedDense(input, weight, bias, Activation.None), activation);

    private unsafe Tensor FusedDense(Tensor input, Tensor weight, Tensor? bias, Activation activation)
    {
        if (weight.Shape.Rank != 2 || input.Shape.Rank < 1 || input.Shape.Last != weight.Shape[0])
            throw new ArgumentException(
                $"Dense: input is {input.Shape}, weight is {weight.Shape}; the weight must be [I, O] with I the input's last dimension.");
        int columns = weight.Shape[0];
        int outputs = weight.Shape[1];
        if (bias is not null && bias.Shape.Count != outputs)
            throw new ArgumentException($"Dense: bias is {bias.Shape}, weight is {weight.Shape}; the bias must be [{outputs}], one number per output.");
        int rows = input.Shape.Count / columns;
        bool requiresGradient = input.RequiresGradient || weight.RequiresGradient || bias is { RequiresGradient: true };
        Tensor output = Result(ReplaceLast(input.Shape, outputs), requiresGradient);
        fixed (float* x = input.Span, w = weight.Span, y = output.Span, b = bias is null ? default : bias.Span)
            MatMulKernel.Multiply(
                rows, outputs, columns, LeftMatrix.RowMajor(x, columns), RightMatrix.RowMajor(w, outputs), TargetMatrix.RowMajor(y, outputs),
                new MatMulEpilogue { Bias = b, Cap = ActivationKernel.CapOf(activation) }, Arena);
        if (output.RequiresGradient)
        {
            DenseOp operation = Reuse<DenseOp>() ?? new DenseOp();
            (operation.Input, operation.Weight, operation.Bias, operation.Activation, operation.Arena) = (input, weight, bias, activation, Arena);
            Record(operation, output);
        }
        return output;
    }

    private static Shape ReplaceLast(Shape shape, int last) => shape.Rank switch
    {
        1 => new(last),
        2 => new(shape[0], last),
        3 => new(shape[0], shape[1], last),
        _ => new(shape[0], shape[1], shape[2], last),
    };

    private sealed class DenseOp : TapeOp
    {
        public Tensor Input { get; set; } = null!;

        public Tensor Weight { get; set; } = null!;

        public Tensor? Bias { get; set; }

        public Activation Activation { get; set; }

        public TensorArena Arena { get; set; } = null!;

        /// <summary><c>dx = dz Wᵀ</c>, <c>dW = xᵀ dz</c>, <c>db = Σ dz</c>, where dz is dy with zeros where ReLU cut off.</summary>
        public override unsafe void Backward(Gradients gradients)
        {
            int columns = Weight.Shape[0];
            int outputs = Weight.Shape[1];
            int rows = Input.Shape.Count / columns;
            Span<float> outer = gradients.Of(Output);
            ActivationKernel.Backward(Activation, Output.Span, outer);
            if (Bias is { RequiresGradient: true })
                ReduceKernel.AddRows(outer, rows, gradients.Of(Bias));
            fixed (float* dz = outer)
            {
                if (Weight.RequiresGradient)
                    fixed (float* x = Input.Span, dw = gradients.Of(Weight, out bool isNew))
                        MatMulKernel.Multiply(
                            columns, outputs, rows, LeftMatrix.Transposed(x, columns), RightMatrix.RowMajor(dz, outputs),
                            TargetMatrix.RowMajor(dw, outputs),
                            new MatMulEpilogue { Accumulate = !isNew }, Arena);
                if (Input.RequiresGradient)
                    fixed (float* w = Weight.Span, dx = gradients.Of(Input, out bool isNew))
                        MatMulKernel.Multiply(
                            rows, columns, outputs, LeftMatrix.RowMajor(dz, outputs), RightMatrix.Transposed(w, outputs),
                            TargetMatrix.RowMajor(dx, columns),
                            new MatMulEpilogue { Accumulate = !isNew }, Arena);
            }
        }
    }
}
