using ImageSig.Tensors.Kernels;

namespace ImageSig.Tensors.Autodiff;

public sealed partial class Tape
{
    /// <summary>Each channel by itself: <c>y[b, i, j, c] = activation(bias[c] + Σ_ky Σ_kx x[b, i·stride + ky − p, j·stride + kx − q, c] · W[ky, kx, c])</c>.</summary>
    /// <param name="input">[B, H, W, C].</param>
    /// <param name="weight">[Ky, Kx, C].</param>
    /// <param name="bias">[C], or null for none.</param>
    /// <param name="options">Stride, and the padding that p rows and q columns before the image come from (<see cref="Convolution2DOptions.PaddingBefore"/>).</param>
    /// <param name="activation">On top; ReLU and ReLU6 happen inside.</param>
    /// <returns>[B, H', W', C].</returns>
    /// <exception cref="ArgumentException">The shapes do not fit, an option is out of range, or the input is smaller than the kernel.</exception>
    public Tensor DepthwiseConv2D(
        Tensor input, Tensor weight, Tensor? bias, Convolution2DOptions? options = null, Activation activation = Activation.None)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(weight);
        Convolution2DOptions how = options ?? new Convolution2DOptions();
        return ActivationKernel.IsFused(activation)
            ? FusedDepthwiseConv2D(input, weight, bias, activation, how)
            : Activate(FusedDepthwiseConv2D(input, weight, bias, Activation.None, how), activation);
    }

    private Tensor FusedDepthwiseConv2D(Tensor input, Tensor weight, Tensor? bias, Activation activation, Convolution2DOptions how)
    {
        if (input.Shape.Rank != 4 || weight.Shape.Rank != 3 || input.Shape[3] != weight.Shape[2])
            throw new ArgumentException(
                $"DepthwiseConv2D: input is {input.Shape}, weight is {weight.Shape}; they must be [B, H, W, C] and [Ky, Kx, C] with the same C.");
        return Convolve(ref idleDepthwise, nameof(DepthwiseConv2D), input, weight, bias, activation, how);
    }

    /// <summary>Used again by every such convolution of a tape that records nothing.</summary>
    private DepthwiseOp? idleDepthwise;

    private sealed unsafe class DepthwiseOp : ConvolutionOp
    {
        public override void Forward(Tensor output)
        {
            fixed (float* x = Input.Span, w = Weight.Span, y = output.Span, b = Bias is null ? default : Bias.Span)
            {
                for (int sample = 0; sample < Input.Shape[0]; sample++)
                    DepthwiseKernel.Run(
                        Axis(output, 0, isBackward: false), Axis(output, 1, isBackward: false),
                        Image(x, Input, y, output, w, sample) with { Start = b, Cap = ActivationKernel.CapOf(Activation) });
            }
        }

        public override void Backward(Gradients gradients)
        {
            Span<float> outer = gradients.Of(Output);
            ActivationKernel.Backward(Activation, Output.Span, outer);
            if (Bias is { RequiresGradient: true })
                ReduceKernel.AddRows(outer, outer.Length / Bias.Shape.Count, gradients.Of(Bias));
            fixed (float* dz = outer)
            {
                if (Weight.RequiresGradient)
                    AddToWeight(dz, gradients.Of(Weight));
                if (Input.RequiresGradient)
                    AddToInput(dz, gradients);
            }
        }

        private void AddToWeight(float* dz, Span<float> ofWeight)
        {
            fixed (float* x = Input.Span, dw = ofWeight)
            {
                for (int sample = 0; sample < Input.Shape[0]; sample++)
                    DepthwiseKernel.AddWeightGradient(
                        Axis(Output, 0, isBackward: false), Axis(Output, 1, isBackward: false), Image(x, Input, dz, Output, dw, sample), Weight.Shape[0]);
            }
        }

        private void AddToInput(float* dz, Gradients gradients)
        {
            Span<float> ofInput = gradients.Of(Input, out bool isNew);
            (int, int, long) mark = Arena.Mark();
            Span<float> written = isNew ? ofInput : Arena.Scratch(ofInput.Length);
            fixed (float* dx = written, w = Weight.Span)
            {
                for (int sample = 0; sample < Input.Shape[0]; sample++)
                    DepthwiseKernel.Run(Axis(Output, 0, isBackward: true), Axis(Output, 1, isBackward: true), Image(dz, Output, dx, Input, w, sample));
            }
            if (!isNew)
                ReduceKernel.Add(written, ofInput);
            Arena.Release(mark);
        }

        /// <summary>One sample of the images that are read and written, and the weights that go with them.</summary>
        private DepthwiseImage Image(float* source, Tensor from, float* target, Tensor to, float* weight, int sample) => new()
        {
            Source = source + sample * SampleCount(from),
            SourceColumns = from.Shape[2],
            Target = target + sample * SampleCount(to),
            TargetColumns = to.Shape[2],
            Weight = weight,
            KernelColumns = Weight.Shape[1],
            Channels = Weight.Shape[2],
        };

        /// <summary>Vertically (0) or horizontally (1).</summary>
        private TapAxis Axis(Tensor output, int direction, bool isBackward)
        {
            int inputs = Input.Shape[1 + direction], outputs = output.Shape[1 + direction], taps = Weight.Shape[direction];
            int padding = Options.PaddingBefore(inputs, taps);
            return isBackward
                ? new TapAxis(outputs, inputs, taps, Options.Stride, padding, isBackward)
                : new TapAxis(inputs, outputs, taps, Options.Stride, padding, isBackward);
        }

        private static nint SampleCount(Tensor images) => images.Shape.Count / images.Shape[0];
    }
}
