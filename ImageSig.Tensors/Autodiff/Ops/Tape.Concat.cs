using ImageSig.Tensors.Kernels;

namespace ImageSig.Tensors.Autodiff;

public sealed partial class Tape
{
    /// <summary>Both side by side in the last dimension: <c>[..., F]</c> and <c>[..., G]</c> give <c>[..., F + G]</c>.</summary>
    /// <remarks>Other dimensions are joined by reshaping: [B, T, F] and [B, 1, F] as [B, T·F] and [B, F].</remarks>
    /// <exception cref="ArgumentException">The shapes differ before the last dimension.</exception>
    public Tensor Concat(Tensor left, Tensor right)
    {
        if (left.Shape.Rank == 0 || right.Shape.Rank == 0)
            throw new ArgumentException($"Concat: left is {left.Shape}, right is {right.Shape}; a single number has no last dimension. Reshape it to [1].");
        if (ReplaceLast(left.Shape, 1) != ReplaceLast(right.Shape, 1))
            throw new ArgumentException($"Concat: left is {left.Shape}, right is {right.Shape}; all dimensions but the last must be equal.");
        int first = left.Shape.Last;
        int second = right.Shape.Last;
        Tensor output = Result(ReplaceLast(left.Shape, first + second), left.RequiresGradient || right.RequiresGradient);
        for (int row = 0; row < left.Shape.Count / first; row++)
        {
            Span<float> to = output.Span.Slice(row * (first + second), first + second);
            left.Span.Slice(row * first, first).CopyTo(to);
            right.Span.Slice(row * second, second).CopyTo(to[first..]);
        }
        if (output.RequiresGradient)
        {
            ConcatOp operation = Reuse<ConcatOp>() ?? new ConcatOp();
            (operation.Left, operation.Right) = (left, right);
            Record(operation, output);
        }
        return output;
    }

    private sealed class ConcatOp : TapeOp
    {
        public Tensor Left { get; set; } = null!;

        public Tensor Right { get; set; } = null!;

        public override void Backward(Gradients gradients)
        {
            Add(gradients, Left, 0);
            Add(gradients, Right, Left.Shape.Last);
        }

        private void Add(Gradients gradients, Tensor part, int start)
        {
            if (!part.RequiresGradient)
                return;
            int width = part.Shape.Last;
            Span<float> inner = gradients.Of(part, out bool isNew);
            ReadOnlySpan<float> outer = gradients.Of(Output);
            for (int row = 0; row < inner.Length / width; row++)
            {
                ReadOnlySpan<float> from = outer.Slice(row * Output.Shape.Last + start, width);
                if (isNew)
                    from.CopyTo(inner.Slice(row * width, width));
                else
                    ReduceKernel.Add(from, inner.Slice(row * width, width));
            }
        }
    }
}
