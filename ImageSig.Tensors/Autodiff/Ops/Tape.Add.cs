using ImageSig.Tensors.Kernels;

namespace ImageSig.Tensors.Autodiff;

public sealed partial class Tape
{
    /// <summary><c>left + right</c>, element by element.</summary>
    /// <param name="right">The same shape, or a shape of <paramref name="left"/>'s last dimensions: then it is added to every row of that size.</param>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public Tensor Add(Tensor left, Tensor right)
    {
        if (!EndsWith(left.Shape, right.Shape))
            throw new ArgumentException(
                $"Add: left is {left.Shape}, right is {right.Shape}; the right shape must be the left's last dimensions. Reshape or exchange them.");
        Tensor output = Result(left.Shape, left.RequiresGradient || right.RequiresGradient);
        left.Span.CopyTo(output.Span);
        for (int start = 0; start < left.Shape.Count; start += right.Shape.Count)
            ReduceKernel.Add(right.Span, output.Span.Slice(start, right.Shape.Count));
        if (output.RequiresGradient)
        {
            AddOp operation = Reuse<AddOp>() ?? new AddOp();
            (operation.Left, operation.Right) = (left, right);
            Record(operation, output);
        }
        return output;
    }

    private static bool EndsWith(Shape shape, Shape end)
    {
        if (end.Count == 0)
            return false;
        for (int i = 1; i <= end.Rank; i++)
            if (i > shape.Rank || shape[shape.Rank - i] != end[end.Rank - i])
                return false;
        return true;
    }

    private sealed class AddOp : TapeOp
    {
        public Tensor Left { get; set; } = null!;

        public Tensor Right { get; set; } = null!;

        public override void Backward(Gradients gradients)
        {
            ReadOnlySpan<float> outer = gradients.Of(Output);
            if (Left.RequiresGradient)
                ReduceKernel.Add(outer, gradients.Of(Left));
            if (Right.RequiresGradient)
                ReduceKernel.AddRows(outer, outer.Length / Right.Shape.Count, gradients.Of(Right));
        }
    }
}
