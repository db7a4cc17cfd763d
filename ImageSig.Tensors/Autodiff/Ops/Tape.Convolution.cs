namespace ImageSig.Tensors.Autodiff;

public sealed partial class Tape
{
    /// <summary>What both kinds of convolution over images share: the checks behind the shapes, the result, and the operation that is kept.</summary>
    /// <param name="idle">Used again by every such convolution of a tape that records nothing.</param>
    /// <param name="name">Of the operation, for messages.</param>
    /// <param name="input">[B, H, W, C].</param>
    /// <param name="weight">[Ky, Kx, …, outputs].</param>
    /// <param name="bias">[outputs], or null.</param>
    /// <param name="activation">One that happens inside.</param>
    /// <param name="how">Stride and padding.</param>
    /// <exception cref="ArgumentException">The bias does not fit, an option is out of range, or the input is smaller than the kernel.</exception>
    private Tensor Convolve<TOp>(ref TOp? idle, string name, Tensor input, Tensor weight, Tensor? bias, Activation activation, Convolution2DOptions how)
        where TOp : ConvolutionOp, new()
    {
        int outputs = weight.Shape.Last;
        if (bias is not null && bias.Shape.Count != outputs)
            throw new ArgumentException($"{name}: bias is {bias.Shape}, weight is {weight.Shape}; the bias must be [{outputs}].");
        int rows = how.OutputLength(input.Shape[1], weight.Shape[0]);
        int columns = how.OutputLength(input.Shape[2], weight.Shape[1]);
        if (rows == 0 || columns == 0)
            throw new ArgumentException(
                $"{name}: input is {input.Shape}, the kernel {weight.Shape}, padding {how.Padding}; the kernel is larger than the padded image. Use larger images.");
        bool requiresGradient = input.RequiresGradient || weight.RequiresGradient || bias is { RequiresGradient: true };
        Tensor output = Result(new Shape(input.Shape[0], rows, columns, outputs), requiresGradient);
        TOp operation = IsTraining ? Reuse<TOp>() ?? new TOp() : idle ??= new TOp();
        (operation.Input, operation.Weight, operation.Bias, operation.Options, operation.Activation, operation.Arena) = (input, weight, bias, how, activation, Arena);
        operation.Forward(output);
        if (output.RequiresGradient)
            Record(operation, output);
        return output;
    }

    private abstract class ConvolutionOp : TapeOp
    {
        public Tensor Input { get; set; } = null!;

        public Tensor Weight { get; set; } = null!;

        public Tensor? Bias { get; set; }

        public Convolution2DOptions Options { get; set; }

        public Activation Activation { get; set; }

        public TensorArena Arena { get; set; } = null!;

        public abstract void Forward(Tensor output);
    }
}
