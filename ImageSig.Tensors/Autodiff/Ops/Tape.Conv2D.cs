using System.Runtime.CompilerServices;
using ImageSig.Tensors.Kernels;

namespace ImageSig.Tensors.Autodiff;

public sealed partial class Tape
{
    /// <summary><c>y[b, i, j, o] = activation(bias[o] + Σ_ky Σ_kx Σ_c x[b, i·stride + ky − p, j·stride + kx − q, c] · W[ky, kx, c, o])</c>.</summary>
    /// <param name="input">[B, H, W, C].</param>
    /// <param name="weight">[Ky, Kx, C, O].</param>
    /// <param name="bias">[O], or null for none.</param>
    /// <returns>[B, H', W', O].</returns>
    /// <remarks>p and q are the rows and columns of padding before the image, <see cref="Convolution2DOptions.PaddingBefore"/>. Sample by sample the windows, rows of Ky·Kx·C numbers that overlap in the padded image, are multiplied with the weights
    /// where they lie; a kernel of 1 takes the whole batch at once.</remarks>
    /// <exception cref="ArgumentException">The shapes do not fit, an option is out of range, or the input is smaller than the kernel.</exception>
    public Tensor Conv2D(
        Tensor input, Tensor weight, Tensor? bias, Convolution2DOptions? options = null, Activation activation = Activation.None) =>
        ActivationKernel.IsFused(activation)
            ? FusedConv2D(input, weight, bias, activation, options ?? new Convolution2DOptions())
            : Activate(FusedConv2D(input, weight, bias, Activation.None, options ?? new Convolution2DOptions()), activation);

    private Tensor FusedConv2D(Tensor input, Tensor weight, Tensor? bias, Activation activation, Convolution2DOptions how)
    {
        if (input.Shape.Rank != 4 || weight.Shape.Rank != 4 || input.Shape[3] != weight.Shape[2])
            throw new ArgumentException(
                $"Conv2D: input is {input.Shape}, weight is {weight.Shape}; they must be [B, H, W, C] and [Ky, Kx, C, O] with the same C.");
        int rows = how.OutputLength(input.Shape[1], weight.Shape[0]), columns = how.OutputLength(input.Shape[2], weight.Shape[1]);
        if ((long)rows * columns * (weight.Shape.Count / weight.Shape[3]) > int.MaxValue)
            throw new ArgumentException(
                $"Conv2D: input is {input.Shape}, the kernel {weight.Shape}; the {rows} x {columns} windows of an image hold more than {int.MaxValue} numbers. Use smaller images or a larger stride.");
        if (rows > 0 && columns > 0 && ((rows - 1L) * how.Stride + weight.Shape[0]) * ((columns - 1L) * how.Stride + weight.Shape[1]) > int.MaxValue / input.Shape[3])
            throw new ArgumentException(
                $"Conv2D: input is {input.Shape}, padding {how.Padding}; an image with its padding holds more than {int.MaxValue} numbers. Use smaller images or pad less.");
        return Convolve(ref idleConv2D, nameof(Conv2D), input, weight, bias, activation, how);
    }

    /// <summary>Used again by every convolution of a tape that records nothing.</summary>
    private Conv2DOp? idleConv2D;

    private sealed unsafe class Conv2DOp : ConvolutionOp
    {
        private int Outputs => Weight.Shape[3];

        /// <summary>Numbers under the kernel.</summary>
        private int Depth => Weight.Shape.Count / Outputs;

        private bool IsPointwise => Weight.Shape[0] == 1 && Weight.Shape[1] == 1 && Options is { Stride: 1, Padding: 0 };

        /// <summary>How many pieces the batch is worked on in: samples, or all at once where pixels are the windows.</summary>
        private int Pieces => IsPointwise ? 1 : Input.Shape[0];

        private Convolution2DGeometry Geometry(Tensor output) => new(
            Input.Shape[1], Input.Shape[2], Input.Shape[3], Weight.Shape[0], Weight.Shape[1], Options, output.Shape[1], output.Shape[2]);

        public override void Forward(Tensor output)
        {
            Convolution2DGeometry geometry = Geometry(output);
            int rows = output.Shape.Count / Outputs / Pieces;
            (int, int, long) mark = Arena.Mark();
            fixed (float* room = Arena.Scratch(geometry.PaddedCount))
            fixed (float* x = Input.Span, w = Weight.Span, y = output.Span, b = Bias is null ? default : Bias.Span)
            {
                for (int piece = 0; piece < Pieces; piece++)
                    MatMulKernel.Multiply(
                        rows, Outputs, Depth, IsPointwise ? LeftMatrix.RowMajor(x, Depth) : geometry.Windows(Padded(geometry, x, piece, room)), RightMatrix.RowMajor(w, Outputs),
                        TargetMatrix.RowMajor(y + (nint)piece * rows * Outputs, Outputs), new MatMulEpilogue { Bias = b, Cap = ActivationKernel.CapOf(Activation) }, Arena);
            }
            Arena.Release(mark);
        }

        public override void Backward(Gradients gradients)
        {
            Convolution2DGeometry geometry = Geometry(Output);
            int rows = Output.Shape.Count / Outputs / Pieces;
            Span<float> outer = gradients.Of(Output);
            ActivationKernel.Backward(Activation, Output.Span, outer);
            if (Bias is { RequiresGradient: true })
                ReduceKernel.AddRows(outer, rows * Pieces, gradients.Of(Bias));
            Span<float> ofWeight = Weight.RequiresGradient ? gradients.Of(Weight) : default;
            bool isNew = false;
            Span<float> ofInput = Input.RequiresGradient ? gradients.Of(Input, out isNew) : default;
            (int, int, long) mark = Arena.Mark();
            fixed (float* room = Arena.Scratch(geometry.PaddedCount))
            fixed (float* ofWindows = Arena.Scratch(IsPointwise || ofInput.IsEmpty ? 0 : rows * Depth))
            fixed (float* transposed = Arena.Scratch(ofInput.IsEmpty ? 0 : Weight.Shape.Count))
            fixed (float* x = Input.Span, w = Weight.Span, dz = outer, dw = ofWeight, dx = ofInput)
            {
                if (dx != null)
                    Transpose(w, Depth, Outputs, transposed);
                for (int piece = 0; piece < Pieces; piece++)
                {
                    float* slopes = dz + (nint)piece * rows * Outputs;
                    if (dw != null)
                        MatMulKernel.Multiply(
                            Depth, Outputs, rows, IsPointwise ? LeftMatrix.Transposed(x, Depth) : geometry.WindowsTransposed(Padded(geometry, x, piece, room)),
                            RightMatrix.RowMajor(slopes, Outputs), TargetMatrix.RowMajor(dw, Outputs), new MatMulEpilogue { Accumulate = true }, Arena);
                    if (dx == null)
                        continue;
                    MatMulKernel.Multiply(
                        rows, Depth, Outputs, LeftMatrix.RowMajor(slopes, Outputs), RightMatrix.RowMajor(transposed, Depth),
                        TargetMatrix.RowMajor(IsPointwise ? dx : ofWindows, Depth), new MatMulEpilogue { Accumulate = IsPointwise && !isNew }, Arena);
                    if (IsPointwise)
                        continue;
                    Span<float> ofSample = ofInput.Slice(piece * geometry.SampleCount, geometry.SampleCount);
                    if (isNew)
                        ofSample.Clear();
                    geometry.AddFolded(ofWindows, dx + (nint)piece * geometry.SampleCount);
                }
            }
            Arena.Release(mark);
        }

        /// <summary>The weights as [outputs, numbers under the kernel].</summary>
        [MethodImpl(Hot.Loop)]
        private static void Transpose(float* weight, int depth, int outputs, float* transposed)
        {
            for (int output = 0; output < outputs; output++)
                for (int i = 0; i < depth; i++)
                    *transposed++ = weight[(nint)i * outputs + output];
        }

        private static float* Padded(in Convolution2DGeometry geometry, float* x, int piece, float* room) =>
            geometry.Pad(x + (nint)piece * geometry.SampleCount, room);
    }
}
