using ImageSig.Tensors.Kernels;

namespace ImageSig.Tensors.Autodiff;

public sealed partial class Tape
{
    /// <summary>x Φ(x), exact (by erf), element by element; NaN and −∞ become NaN.</summary>
    public Tensor Gelu(Tensor input) => Elementwise<Gelu>(input);

    /// <summary>1 / (1 + e⁻ˣ), element by element; NaN stays NaN.</summary>
    public Tensor Sigmoid(Tensor input) => Elementwise<Sigmoid>(input);

    /// <summary>tanh x, element by element; NaN stays NaN.</summary>
    public Tensor Tanh(Tensor input) => Elementwise<Tanh>(input);

    /// <summary>max(x, 0), element by element; NaN becomes 0.</summary>
    public Tensor Relu(Tensor input) => Elementwise<Relu>(input);

    /// <summary>min(max(x, 0), 6), element by element; NaN becomes 0.</summary>
    public Tensor Relu6(Tensor input) => Elementwise<Relu6>(input);

    /// <summary>The activation as an operation of its own.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is none of the named activations.</exception>
    public Tensor Activate(Tensor input, Activation activation) => activation switch
    {
        Activation.None => input,
        Activation.Relu => Relu(input),
        Activation.Gelu => Gelu(input),
        Activation.Sigmoid => Sigmoid(input),
        Activation.Tanh => Tanh(input),
        Activation.Relu6 => Relu6(input),
        _ => throw new ArgumentOutOfRangeException(nameof(activation), $"Activate: {activation} is not an activation."),
    };

    private Tensor Elementwise<TFunction>(Tensor input)
        where TFunction : struct, IElementFunction
    {
        Tensor output = Result(input.Shape, input.RequiresGradient);
        ElementKernel.Map<TFunction>(input.Span, output.Span);
        if (output.RequiresGradient)
        {
            ElementwiseOp<TFunction> operation = Reuse<ElementwiseOp<TFunction>>() ?? new ElementwiseOp<TFunction>();
            operation.Input = input;
            Record(operation, output);
        }
        return output;
    }

    private sealed class ElementwiseOp<TFunction> : TapeOp
        where TFunction : struct, IElementFunction
    {
        public Tensor Input { get; set; } = null!;

        public override void Backward(Gradients gradients)
        {
            ReadOnlySpan<float> outer = gradients.Of(Output);
            Span<float> inner = gradients.Of(Input, out bool isNew);
            ElementKernel.Backward<TFunction>(Input.Span, Output.Span, outer, inner, accumulate: !isNew);
        }
    }
}
