using ImageSig.Tensors.Kernels;

namespace ImageSig.Tensors.Autodiff;

public sealed partial class Tape
{
    /// <summary><c>y[b, t, c] = max x[b, t·size … t·size + size − 1, c]</c>: windows side by side; steps left over at the end are dropped.</summary>
    /// <param name="input">[B, T, C].</param>
    /// <returns>[B, T / size, C].</returns>
    /// <remarks>The gradient goes to the first of equal maxima. NaN is passed over, unless it is the first of its window, which is then NaN and gets no gradient.</remarks>
    /// <exception cref="ArgumentException">The window is below 1, or the input is not [B, T, C] or shorter than one window.</exception>
    public Tensor MaxPool1D(Tensor input, int size)
    {
        CheckWindow("MaxPool1D", size);
        if (input.Shape.Rank != 3 || input.Shape[1] < size)
            throw new ArgumentException(
                $"MaxPool1D: input is {input.Shape}, the window is {size}; the input must be [B, T, C] with T at least {size}. Use more streams or a smaller window.");
        Tensor output = Result(new Shape(input.Shape[0], input.Shape[1] / size, input.Shape[2]), input.RequiresGradient);
        MaxPool1DKernel.Forward(input.Span, input.Shape[0], input.Shape[1], input.Shape[2], size, output.Span);
        if (output.RequiresGradient)
        {
            MaxPool1DOp operation = Reuse<MaxPool1DOp>() ?? new MaxPool1DOp();
            (operation.Input, operation.Size) = (input, size);
            Record(operation, output);
        }
        return output;
    }

    private sealed class MaxPool1DOp : TapeOp
    {
        public Tensor Input { get; set; } = null!;

        public int Size { get; set; }

        public override void Backward(Gradients gradients) => MaxPool1DKernel.Backward(
            Input.Span, Output.Span, gradients.Of(Output), Input.Shape[0], Input.Shape[1], Input.Shape[2], Size, gradients.Of(Input));
    }
}
