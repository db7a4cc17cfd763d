using ImageSig.Tensors;
using ImageSig.Tensors.Autodiff;
using ImageSig.Tests.Tensors;

namespace ImageSig.Tests.Readme;

// README
internal static class SquareOperation
{
    /// <summary><c>y = x²</c>, element by element.</summary>
    public static Tensor Square(this Tape tape, Tensor input)
    {
        Tensor output = tape.Result(input.Shape, input.RequiresGradient);
        for (int i = 0; i < input.Shape.Count; i++)
            output.Span[i] = input.Span[i] * input.Span[i];
        if (output.RequiresGradient)
        {
            SquareOp operation = tape.Reuse<SquareOp>() ?? new SquareOp();
            operation.Input = input;
            tape.Record(operation, output);
        }
        return output;
    }

    private sealed class SquareOp : TapeOp
    {
        public Tensor Input { get; set; } = null!;

        /// <summary><c>dx += 2 x dy</c>: added, since others may read the same input.</summary>
        public override void Backward(Gradients gradients)
        {
            ReadOnlySpan<float> outer = gradients.Of(Output);
            Span<float> inner = gradients.Of(Input);
            for (int i = 0; i < inner.Length; i++)
                inner[i] += 2 * Input.Span[i] * outer[i];
        }
    }
}
// END

/// <summary>The C# of docs/autodiff.md, word for word.</summary>
internal static class AutodiffExamples
{
    public static void Check()
    {
        // README
        GradientCheck.Verify([new(3, 37)], (tape, x) => tape.Square(x[0]), x => [.. x[0].Select(value => value * value)]);
        // END
    }
}
