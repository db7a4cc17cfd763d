using System.Numerics.Tensors;

namespace ImageSig.Tensors.Autodiff;

public sealed partial class Tape
{
    /// <summary><c>left · right</c>, element by element; both of one shape.</summary>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public Tensor Multiply(Tensor left, Tensor right)
    {
        if (left.Shape != right.Shape)
            throw new ArgumentException($"Multiply: left is {left.Shape}, right is {right.Shape}; they must have the same shape. For a matrix product use MatMul.");
        Tensor output = Result(left.Shape, left.RequiresGradient || right.RequiresGradient);
        TensorPrimitives.Multiply(left.Span, right.Span, output.Span);
        if (output.RequiresGradient)
        {
            MultiplyOp operation = Reuse<MultiplyOp>() ?? new MultiplyOp();
            (operation.Left, operation.Right) = (left, right);
            Record(operation, output);
        }
        return output;
    }

    private sealed class MultiplyOp : TapeOp
    {
        public Tensor Left { get; set; } = null!;

        public Tensor Right { get; set; } = null!;

        public override void Backward(Gradients gradients)
        {
            ReadOnlySpan<float> outer = gradients.Of(Output);
            if (Left.RequiresGradient)
                AddProducts(outer, Right.Span, gradients.Of(Left));
            if (Right.RequiresGradient)
                AddProducts(outer, Left.Span, gradients.Of(Right));
        }

        private static void AddProducts(ReadOnlySpan<float> left, ReadOnlySpan<float> right, Span<float> sums) =>
            TensorPrimitives.MultiplyAdd(left, right, sums, sums);
    }
}
