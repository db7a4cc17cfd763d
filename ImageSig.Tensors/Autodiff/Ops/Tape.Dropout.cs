using System.Numerics.Tensors;

namespace ImageSig.Tensors.Autodiff;

public sealed partial class Tape
{
    /// <summary>Sets each number to zero with probability <paramref name="rate"/> and divides the others by <c>1 − rate</c>, while
    /// training; otherwise returns its input.</summary>
    /// <param name="input">[B, ...]; row b draws from the stream of (seed, epoch, sample b, layer) of <see cref="Random"/>.</param>
    /// <param name="rate">In [0, 1).</param>
    /// <param name="layer">Tells the layers of a model apart, so that they draw differently.</param>
    /// <exception cref="ArgumentException">The rate is outside [0, 1), or the input is a single number.</exception>
    public Tensor Dropout(Tensor input, float rate, int layer)
    {
        DropoutRate.Check("Dropout", rate);
        if (input.Shape.Rank == 0)
            throw new ArgumentException("Dropout: the input is a single number; it must be [B, ...].");
        if (!IsTraining || rate == 0)
            return input;
        Tensor factors = DropoutFactors(input.Shape, rate, layer);
        Tensor output = Result(input.Shape, input.RequiresGradient);
        TensorPrimitives.Multiply(input.Span, factors.Span, output.Span);
        if (output.RequiresGradient)
        {
            DropoutOp operation = Reuse<DropoutOp>() ?? new DropoutOp();
            (operation.Input, operation.Factors) = (input, factors);
            Record(operation, output);
        }
        return output;
    }

    /// <summary>0 with probability <paramref name="rate"/>, else 1 / (1 − rate), for every number of a batch.</summary>
    private Tensor DropoutFactors(Shape shape, float rate, int layer)
    {
        int batch = shape[0];
        if (Random.Samples.Length < batch)
            throw new InvalidOperationException(
                $"Dropout: the batch has {batch} rows, Random.Samples names {Random.Samples.Length}; name the sample of every row before the forward pass.");
        int length = shape.Count / batch;
        float scale = 1 / (1 - rate);
        Tensor factors = Arena.Allocate(shape);
        Span<float> mask = factors.Span;
        for (int row = 0; row < batch; row++)
            Random.Stream(row, layer).FillMask(mask.Slice(row * length, length), rate, scale);
        return factors;
    }

    private sealed class DropoutOp : TapeOp
    {
        public Tensor Input { get; set; } = null!;

        public Tensor Factors { get; set; } = null!;

        public override void Backward(Gradients gradients)
        {
            Span<float> inner = gradients.Of(Input);
            TensorPrimitives.MultiplyAdd(gradients.Of(Output), Factors.Span, inner, inner);
        }
    }
}
