using ImageSig.Tensors.Kernels;

namespace ImageSig.Tensors.Autodiff;

public sealed partial class Tape
{
    /// <summary>Probabilities along the last dimension: <c>p_c = exp(x_c) / Σ exp(x)</c>, safe for scores of any size.</summary>
    /// <param name="input">[..., C].</param>
    /// <remarks>A score 87 or more below the largest, −∞ included, has a chance of about 1e-38 and not 0. NaN, +∞ or nothing but −∞ makes a whole row NaN.</remarks>
    /// <exception cref="ArgumentException">The input is a single number.</exception>
    public Tensor Softmax(Tensor input)
    {
        int columns = Columns(input.Shape, "Softmax");
        Tensor output = Result(input.Shape, input.RequiresGradient);
        input.Span.CopyTo(output.Span);
        for (int start = 0; start < input.Shape.Count; start += columns)
            SoftmaxKernel.Row(output.Span.Slice(start, columns), columns);
        if (output.RequiresGradient)
        {
            SoftmaxOp operation = Reuse<SoftmaxOp>() ?? new SoftmaxOp();
            operation.Input = input;
            Record(operation, output);
        }
        return output;
    }

    /// <summary>Logarithms of <see cref="Softmax"/>, without the loss of digits: <c>x_c − ln Σ exp(x)</c>.</summary>
    /// <param name="input">[..., C]. A score of −∞ stays one; NaN, +∞ or nothing but −∞ makes a whole row NaN.</param>
    /// <exception cref="ArgumentException">The input is a single number.</exception>
    public Tensor LogSoftmax(Tensor input)
    {
        int columns = Columns(input.Shape, "LogSoftmax");
        Tensor output = Result(input.Shape, input.RequiresGradient);
        (int, int, long) mark = Arena.Mark();
        Span<float> scratch = Arena.Scratch(columns);
        for (int start = 0; start < input.Shape.Count; start += columns)
            SoftmaxKernel.LogRow(input.Span.Slice(start, columns), scratch[..columns], output.Span.Slice(start, columns));
        Arena.Release(mark);
        if (output.RequiresGradient)
        {
            LogSoftmaxOp operation = Reuse<LogSoftmaxOp>() ?? new LogSoftmaxOp();
            (operation.Input, operation.Arena) = (input, Arena);
            Record(operation, output);
        }
        return output;
    }

    private static int Columns(Shape shape, string operation) => shape.Rank > 0
        ? shape.Last
        : throw new ArgumentException($"{operation}: the input is a single number; it must be [..., C].");

    private sealed class SoftmaxOp : TapeOp
    {
        public Tensor Input { get; set; } = null!;

        public override void Backward(Gradients gradients)
        {
            int columns = Output.Shape.Last;
            Span<float> outer = gradients.Of(Output);
            for (int start = 0; start < outer.Length; start += columns)
                SoftmaxKernel.RowBackward(Output.Span.Slice(start, columns), outer.Slice(start, columns));
            ReduceKernel.Add(outer, gradients.Of(Input));
        }
    }

    private sealed class LogSoftmaxOp : TapeOp
    {
        public Tensor Input { get; set; } = null!;

        public TensorArena Arena { get; set; } = null!;

        /// <summary><c>dx = dy − p · Σ dy</c>.</summary>
        public override unsafe void Backward(Gradients gradients)
        {
            int columns = Output.Shape.Last;
            ReadOnlySpan<float> outer = gradients.Of(Output);
            Span<float> inner = gradients.Of(Input);
            ReduceKernel.Add(outer, inner);
            (int, int, long) mark = Arena.Mark();
            Span<float> chances = Arena.Scratch(columns)[..columns];
            for (int start = 0; start < outer.Length; start += columns)
            {
                float sum;
                fixed (float* d = outer.Slice(start, columns))
                    sum = ReduceKernel.Sum(d, columns);
                ElementKernel.Map<Exponential>(Output.Span.Slice(start, columns), chances);
                AddScaled(-sum, chances, inner.Slice(start, columns));
            }
            Arena.Release(mark);
        }
    }
}
