using ImageSig.Tensors.Kernels;

namespace ImageSig.Tensors.Autodiff;

public sealed partial class Tape
{
    /// <summary>Every row to mean 0 and variance 1, then scaled: <c>y = (x − mean) / √(variance + ε) · scale + shift</c>.</summary>
    /// <param name="input">[..., F].</param>
    /// <param name="scale">[F].</param>
    /// <param name="shift">[F].</param>
    /// <param name="epsilon">ε, above 0.</param>
    /// <remarks>Source: Ba, Kiros &amp; Hinton, "Layer normalization", 2016. The variance is that of the row (divided by F). Where it is beyond
    /// float, of numbers some 1e19 apart, or F is 1, the normal numbers are 0.</remarks>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public Tensor LayerNorm(Tensor input, Tensor scale, Tensor shift, float epsilon = 1e-5f)
    {
        int columns = scale.Shape.Count;
        if (input.Shape.Rank < 1 || input.Shape.Last != columns || shift.Shape.Count != columns)
            throw new ArgumentException(
                $"LayerNorm: input is {input.Shape}, scale is {scale.Shape}, shift is {shift.Shape}; scale and shift must be [F] with F the input's last dimension.");
        int rows = input.Shape.Count / columns;
        Tensor normal = Arena.Allocate(input.Shape);
        Tensor inverse = Arena.Allocate(new Shape(rows));
        bool requiresGradient = input.RequiresGradient || scale.RequiresGradient || shift.RequiresGradient;
        Tensor output = Result(input.Shape, requiresGradient);
        LayerNormKernel.Forward(input.Span, scale.Span, shift.Span, epsilon, normal.Span, inverse.Span, output.Span);
        if (output.RequiresGradient)
        {
            LayerNormOp operation = Reuse<LayerNormOp>() ?? new LayerNormOp();
            (operation.Input, operation.Scale, operation.Shift) = (input, scale, shift);
            (operation.Normal, operation.Inverse) = (normal, inverse);
            Record(operation, output);
        }
        return output;
    }

    private sealed class LayerNormOp : TapeOp
    {
        public Tensor Input { get; set; } = null!;

        public Tensor Scale { get; set; } = null!;

        public Tensor Shift { get; set; } = null!;

        /// <summary>The rows before scale and shift.</summary>
        public Tensor Normal { get; set; } = null!;

        /// <summary>1 / √(variance + ε) of each row.</summary>
        public Tensor Inverse { get; set; } = null!;

        public override void Backward(Gradients gradients)
        {
            Span<float> outer = gradients.Of(Output);
            int rows = Inverse.Shape.Count;
            if (Shift.RequiresGradient)
                ReduceKernel.AddRows(outer, rows, gradients.Of(Shift));
            if (Scale.RequiresGradient)
                ColumnKernel.AddProducts(outer, Normal.Span, gradients.Of(Scale));
            if (Input.RequiresGradient)
                LayerNormKernel.Backward(outer, Scale.Span, Normal.Span, Inverse.Span, gradients.Of(Input));
        }
    }
}
