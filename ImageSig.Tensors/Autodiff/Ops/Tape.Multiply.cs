using System.Numerics.Tensors;

namespace ImageSig.Tensors.Autodiff;

public sealed partial class Tape
{
    /// <summary><c>left · right</c>, element by element.</summary>
    /// <param name="right">The same shape, or a shape of <paramref name="left"/>'s last dimensions: then every row of that size is multiplied by it.</param>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public Tensor Multiply(Tensor left, Tensor right)
    {
        if (!EndsWith(left.Shape, right.Shape))
            throw new ArgumentException(
                $"Multiply: left is {left.Shape}, right is {right.Shape}; the right shape must be the left's last dimensions. Reshape or exchange them; for a matrix product use MatMul.");
        Tensor output = Result(left.Shape, left.RequiresGradient || right.RequiresGradient);
        int row = right.Shape.Count;
        for (int start = 0; start < left.Shape.Count; start += row)
            TensorPrimitives.Multiply(left.Span.Slice(start, row), right.Span, output.Span.Slice(start, row));
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
            int row = Right.Shape.Count;
            for (int start = 0; start < outer.Length; start += row)
            {
                if (Left.RequiresGradient)
                    AddProducts(outer.Slice(start, row), Right.Span, gradients.Of(Left).Slice(start, row));
                if (Right.RequiresGradient)
                    AddProducts(outer.Slice(start, row), Left.Span.Slice(start, row), gradients.Of(Right));
            }
        }

        private static void AddProducts(ReadOnlySpan<float> left, ReadOnlySpan<float> right, Span<float> sums) =>
            TensorPrimitives.MultiplyAdd(left, right, sums, sums);
    }
}
