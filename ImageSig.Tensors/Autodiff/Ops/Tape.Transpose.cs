namespace ImageSig.Tensors.Autodiff;

public sealed partial class Tape
{
    /// <summary>The last two dimensions exchanged, as a copy: <c>[..., M, N]</c> gives <c>[..., N, M]</c>.</summary>
    /// <exception cref="ArgumentException">The input has fewer than two dimensions.</exception>
    public Tensor Transpose(Tensor input)
    {
        if (input.Shape.Rank < 2)
            throw new ArgumentException($"Transpose: the input is {input.Shape}; it needs at least two dimensions.");
        int rank = input.Shape.Rank;
        int m = input.Shape[rank - 2];
        int n = input.Shape[rank - 1];
        Shape shape = rank switch
        {
            2 => new(n, m),
            3 => new(input.Shape[0], n, m),
            _ => new(input.Shape[0], input.Shape[1], n, m),
        };
        Tensor output = Result(shape, input.RequiresGradient);
        output.Span.Clear();
        AddTransposed(input.Span, m, n, output.Span);
        if (output.RequiresGradient)
        {
            TransposeOp operation = Reuse<TransposeOp>() ?? new TransposeOp();
            (operation.Input, operation.M, operation.N) = (input, m, n);
            Record(operation, output);
        }
        return output;
    }

    /// <summary><c>to[j, i] ← to[j, i] + from[i, j]</c> for each matrix [m, n].</summary>
    private static void AddTransposed(ReadOnlySpan<float> from, int m, int n, Span<float> to)
    {
        for (int start = 0; start < from.Length; start += m * n)
            for (int i = 0; i < m; i++)
                for (int j = 0; j < n; j++)
                    to[start + j * m + i] += from[start + i * n + j];
    }

    private sealed class TransposeOp : TapeOp
    {
        public Tensor Input { get; set; } = null!;

        public int M { get; set; }

        public int N { get; set; }

        public override void Backward(Gradients gradients) => AddTransposed(gradients.Of(Output), N, M, gradients.Of(Input));
    }
}
