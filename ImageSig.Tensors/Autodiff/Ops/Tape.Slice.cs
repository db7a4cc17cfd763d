using ImageSig.Tensors.Kernels;

namespace ImageSig.Tensors.Autodiff;

public sealed partial class Tape
{
    /// <summary>Columns <paramref name="start"/> … start + count − 1 of the last dimension.</summary>
    /// <exception cref="ArgumentException">The range is empty, or not inside the last dimension.</exception>
    public Tensor Slice(Tensor input, int start, int count)
    {
        if (count < 1)
            throw new ArgumentException($"Slice: {count} columns are asked for; at least 1 is needed.");
        if (input.Shape.Rank == 0 || start < 0 || start > input.Shape.Last - count)
            throw new ArgumentException($"Slice: input is {input.Shape}, columns {start} to {start + (long)count - 1} are asked for; they must lie inside the last dimension.");
        int width = input.Shape.Last;
        Tensor output = Result(ReplaceLast(input.Shape, count), input.RequiresGradient);
        for (int row = 0; row < input.Shape.Count / width; row++)
            input.Span.Slice(row * width + start, count).CopyTo(output.Span[(row * count)..]);
        if (output.RequiresGradient)
        {
            SliceOp operation = Reuse<SliceOp>() ?? new SliceOp();
            (operation.Input, operation.Start) = (input, start);
            Record(operation, output);
        }
        return output;
    }

    private sealed class SliceOp : TapeOp
    {
        public Tensor Input { get; set; } = null!;

        public int Start { get; set; }

        public override void Backward(Gradients gradients)
        {
            int width = Input.Shape.Last;
            int count = Output.Shape.Last;
            Span<float> inner = gradients.Of(Input);
            ReadOnlySpan<float> outer = gradients.Of(Output);
            for (int row = 0; row < inner.Length / width; row++)
                ReduceKernel.Add(outer.Slice(row * count, count), inner.Slice(row * width + Start, count));
        }
    }
}
