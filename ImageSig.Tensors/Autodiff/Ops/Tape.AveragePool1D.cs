using ImageSig.Tensors.Kernels;

namespace ImageSig.Tensors.Autodiff;

public sealed partial class Tape
{
    /// <summary><c>y[b, t, c] = mean x[b, t·size … t·size + size − 1, c]</c>: windows side by side; steps left over are dropped.</summary>
    /// <param name="input">[B, T, C].</param>
    /// <returns>[B, T / size, C]. With size = T, the mean over all steps.</returns>
    /// <remarks>Added in single precision, step by step: the mean of n equal numbers is off by up to n / 2 of its last digits (measured: 6e-4 of itself for 65,536, a hundredth for a million).</remarks>
    /// <exception cref="ArgumentException">The window is below 1, or the input is not [B, T, C] or shorter than one window.</exception>
    public Tensor AveragePool1D(Tensor input, int size)
    {
        CheckWindow("AveragePool1D", size);
        if (input.Shape.Rank != 3 || input.Shape[1] < size)
            throw new ArgumentException(
                $"AveragePool1D: input is {input.Shape}, the window is {size}; the input must be [B, T, C] with T at least {size}.");
        int channels = input.Shape[2];
        int windows = input.Shape[1] / size;
        Tensor output = Result(new Shape(input.Shape[0], windows, channels), input.RequiresGradient);
        output.Span.Clear();
        for (int i = 0; i < input.Shape[0] * windows; i++)
        {
            Span<float> sum = output.Span.Slice(i * channels, channels);
            int start = (i / windows * input.Shape[1] + i % windows * size) * channels;
            ReduceKernel.AddRows(input.Span.Slice(start, size * channels), size, sum);
            foreach (ref float value in sum)
                value /= size;
        }
        if (output.RequiresGradient)
        {
            AveragePool1DOp operation = Reuse<AveragePool1DOp>() ?? new AveragePool1DOp();
            (operation.Input, operation.Size) = (input, size);
            Record(operation, output);
        }
        return output;
    }

    private sealed class AveragePool1DOp : TapeOp
    {
        public Tensor Input { get; set; } = null!;

        public int Size { get; set; }

        public override void Backward(Gradients gradients)
        {
            int channels = Input.Shape[2];
            int windows = Output.Shape[1];
            Span<float> outer = gradients.Of(Output);
            Span<float> inner = gradients.Of(Input);
            foreach (ref float slope in outer)
                slope /= Size;
            for (int i = 0; i < Input.Shape[0] * windows; i++)
                for (int k = 0; k < Size; k++)
                    ReduceKernel.Add(
                        outer.Slice(i * channels, channels),
                        inner.Slice((i / windows * Input.Shape[1] + i % windows * Size + k) * channels, channels));
        }
    }
}
