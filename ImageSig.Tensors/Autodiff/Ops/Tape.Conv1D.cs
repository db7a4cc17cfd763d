using ImageSig.Tensors.Kernels;

namespace ImageSig.Tensors.Autodiff;

public sealed partial class Tape
{
    /// <summary><c>y[b, t, o] = activation(bias[o] + Σₖ Σ_c x[b, t·stride + k·dilation, c] · W[k, c, o])</c>.</summary>
    /// <param name="input">[B, T, C].</param>
    /// <param name="weight">[K, C, O].</param>
    /// <param name="bias">[O], or null for none.</param>
    /// <returns>[B, T', O], T' of <see cref="Convolution1DOptions.OutputLength"/>.</returns>
    /// <remarks>In this layout the K·C floats under the kernel are contiguous, so the convolution is a matrix product whose left
    /// rows overlap; nothing is unfolded. With dilation it is one product per tap.</remarks>
    /// <exception cref="ArgumentException">The shapes do not fit, an option is out of range, or the input is shorter than the kernel.</exception>
    public Tensor Conv1D(
        Tensor input, Tensor weight, Tensor? bias, Activation activation = Activation.None, Convolution1DOptions? options = null) =>
        ActivationKernel.IsFused(activation)
            ? FusedConv1D(input, weight, bias, activation, options ?? new Convolution1DOptions())
            : Activate(FusedConv1D(input, weight, bias, Activation.None, options ?? new Convolution1DOptions()), activation);

    private Tensor FusedConv1D(Tensor input, Tensor weight, Tensor? bias, Activation activation, Convolution1DOptions how)
    {
        if (input.Shape.Rank != 3 || weight.Shape.Rank != 3 || input.Shape[2] != weight.Shape[1])
            throw new ArgumentException(
                $"Conv1D: input is {input.Shape}, weight is {weight.Shape}; they must be [B, T, C] and [K, C, O] with the same C.");
        if (bias is not null && bias.Shape.Count != weight.Shape[2])
            throw new ArgumentException($"Conv1D: bias is {bias.Shape}, weight is {weight.Shape}; the bias must be [{weight.Shape[2]}].");
        int steps = how.OutputLength(input.Shape[1], weight.Shape[0]);
        if (steps == 0)
            throw new ArgumentException(
                $"Conv1D: input is {input.Shape}, the kernel covers {(weight.Shape[0] - 1) * (long)how.Dilation + 1} steps; it needs at least as many. Use more streams or a smaller kernel.");

        Tensor padded = Pad(input, how.PaddingBefore, how.PaddingAfter);
        bool requiresGradient = input.RequiresGradient || weight.RequiresGradient || bias is { RequiresGradient: true };
        Tensor output = Result(new Shape(input.Shape[0], steps, weight.Shape[2]), requiresGradient);
        Convolve(padded, weight, bias, output, how, activation);
        if (output.RequiresGradient)
        {
            Conv1DOp operation = Reuse<Conv1DOp>() ?? new Conv1DOp();
            (operation.Input, operation.Padded, operation.Weight, operation.Bias) = (input, padded, weight, bias);
            (operation.Options, operation.Activation, operation.Arena) = (how, activation, Arena);
            Record(operation, output);
        }
        return output;
    }

    private unsafe void Convolve(
        Tensor padded, Tensor weight, Tensor? bias, Tensor output, Convolution1DOptions how, Activation activation)
    {
        int length = padded.Shape[1];
        int channels = padded.Shape[2];
        int kernel = weight.Shape[0];
        int outputs = weight.Shape[2];
        int steps = output.Shape[1];
        int rows = padded.Shape[0] * steps;
        int taps = how.Dilation == 1 ? 1 : kernel;
        int depth = kernel / taps * channels;
        fixed (float* x = padded.Span, w = weight.Span, y = output.Span, b = bias is null ? default : bias.Span)
        {
            for (int tap = 0; tap < taps; tap++)
            {
                LeftMatrix left = new(
                    x + tap * how.Dilation * channels, steps, (nint)length * channels, (nint)how.Stride * channels, columnStride: 1);
                MatMulKernel.Multiply(
                    rows, outputs, depth, left, RightMatrix.RowMajor(w + tap * depth * outputs, outputs), TargetMatrix.RowMajor(y, outputs),
                    new MatMulEpilogue
                    {
                        Bias = tap == 0 ? b : null,
                        Accumulate = tap > 0,
                        Cap = tap == taps - 1 ? ActivationKernel.CapOf(activation) : 0,
                    },
                    Arena);
            }
        }
    }

    /// <summary>A copy with zeros before and behind each sample's steps, or the input itself where there are none to add.</summary>
    private Tensor Pad(Tensor input, int before, int after)
    {
        if (before == 0 && after == 0)
            return input;
        int batch = input.Shape[0];
        int length = input.Shape[1] * input.Shape[2];
        int front = before * input.Shape[2];
        int back = after * input.Shape[2];
        Tensor padded = Arena.Allocate(new Shape(batch, input.Shape[1] + before + after, input.Shape[2]));
        for (int sample = 0; sample < batch; sample++)
        {
            Span<float> to = padded.Span.Slice(sample * (front + length + back), front + length + back);
            to[..front].Clear();
            input.Span.Slice(sample * length, length).CopyTo(to[front..]);
            to[(front + length)..].Clear();
        }
        return padded;
    }

    private sealed class Conv1DOp : TapeOp
    {
        public Tensor Input { get; set; } = null!;

        public Tensor Padded { get; set; } = null!;

        public Tensor Weight { get; set; } = null!;

        public Tensor? Bias { get; set; }

        public Convolution1DOptions Options { get; set; }

        public Activation Activation { get; set; }

        public TensorArena Arena { get; set; } = null!;

        public override void Backward(Gradients gradients)
        {
            Span<float> outer = gradients.Of(Output);
            ActivationKernel.Backward(Activation, Output.Span, outer);
            if (Bias is { RequiresGradient: true })
                ReduceKernel.AddRows(outer, Output.Shape[0] * Output.Shape[1], gradients.Of(Bias));
            if (Weight.RequiresGradient)
                AddWeightGradient(outer, gradients.Of(Weight));
            if (Input.RequiresGradient)
                AddInputGradient(outer, gradients);
        }

        /// <summary><c>dW[k, c, o] += Σ_b Σ_t x[b, t·stride + k·dilation, c] · dz[b, t, o]</c>: per sample, overlapping rows transposed.</summary>
        private unsafe void AddWeightGradient(ReadOnlySpan<float> outer, Span<float> gradient)
        {
            int channels = Weight.Shape[1];
            int outputs = Weight.Shape[2];
            int steps = Output.Shape[1];
            int taps = Options.Dilation == 1 ? 1 : Weight.Shape[0];
            int depth = Weight.Shape[0] / taps * channels;
            fixed (float* x = Padded.Span, dz = outer, dw = gradient)
            {
                for (int sample = 0; sample < Padded.Shape[0]; sample++)
                {
                    for (int tap = 0; tap < taps; tap++)
                    {
                        float* from = x + ((nint)sample * Padded.Shape[1] + tap * Options.Dilation) * channels;
                        LeftMatrix left = new(from, int.MaxValue, 0, rowStride: 1, columnStride: (nint)Options.Stride * channels);
                        MatMulKernel.Multiply(
                            depth, outputs, steps, left, RightMatrix.RowMajor(dz + (nint)sample * steps * outputs, outputs),
                            TargetMatrix.RowMajor(dw + (nint)tap * depth * outputs, outputs), new MatMulEpilogue { Accumulate = true }, Arena);
                    }
                }
            }
        }

        /// <summary><c>dx[b, t·stride + k·dilation, c] += Σ_o dz[b, t, o] · W[k, c, o]</c>, tap after tap.</summary>
        private unsafe void AddInputGradient(ReadOnlySpan<float> outer, Gradients gradients)
        {
            int batch = Padded.Shape[0];
            int length = Padded.Shape[1];
            int channels = Padded.Shape[2];
            int outputs = Weight.Shape[2];
            int steps = Output.Shape[1];
            bool isPadded = !ReferenceEquals(Padded, Input);
            Span<float> inner = isPadded ? Arena.Allocate(Padded.Shape).Span : gradients.Of(Input);
            if (isPadded)
                inner.Clear();
            fixed (float* dz = outer, w = Weight.Span, dx = inner)
            {
                for (int tap = 0; tap < Weight.Shape[0]; tap++)
                {
                    TargetMatrix target = new(
                        dx + tap * Options.Dilation * channels, steps, (nint)length * channels, (nint)Options.Stride * channels);
                    MatMulKernel.Multiply(
                        batch * steps, channels, outputs, LeftMatrix.RowMajor(dz, outputs),
                        RightMatrix.Transposed(w + tap * channels * outputs, outputs), target, new MatMulEpilogue { Accumulate = true }, Arena);
                }
            }
            if (isPadded)
                Unpad(inner, gradients.Of(Input));
        }

        private void Unpad(ReadOnlySpan<float> padded, Span<float> gradient)
        {
            int channels = Input.Shape[2];
            int length = Input.Shape[1] * channels;
            for (int sample = 0; sample < Input.Shape[0]; sample++)
                ReduceKernel.Add(
                    padded.Slice((sample * Padded.Shape[1] + Options.PaddingBefore) * channels, length), gradient.Slice(sample * length, length));
        }
    }
}
