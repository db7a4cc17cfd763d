using ImageSig.Tensors.Kernels;

namespace ImageSig.Tensors.Autodiff;

public sealed partial class Tape
{
    /// <summary>The channels of each sample in groups, each group to mean 0 and variance 1 over all its positions; then
    /// <c>y = normal · scale + shift</c> per channel.</summary>
    /// <param name="input">[B, ..., C].</param>
    /// <param name="groups">How many groups of neighboring channels; they divide C. 1: all channels together; C: each by itself.</param>
    /// <param name="scale">[C].</param>
    /// <param name="shift">[C].</param>
    /// <param name="epsilon">ε, above 0.</param>
    /// <remarks>Samples do not know of each other, so that any batch size trains and predicts the same. Groups of one number, and those whose variance is beyond float, of numbers some
    /// 1e19 apart, have normal numbers of 0. Source: Wu &amp; He, "Group
    /// normalization", ECCV 2018.</remarks>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public Tensor GroupNorm(Tensor input, int groups, Tensor scale, Tensor shift, float epsilon = 1e-5f)
    {
        int channels = scale.Shape.Count;
        if (input.Shape.Rank < 2 || input.Shape.Last != channels || shift.Shape.Count != channels)
            throw new ArgumentException(
                $"GroupNorm: input is {input.Shape}, scale is {scale.Shape}, shift is {shift.Shape}; the input must be [B, ..., C], scale and shift [C].");
        if (groups < 1 || channels % groups != 0)
            throw new ArgumentException($"GroupNorm: input is {input.Shape}, {groups} groups; the groups must divide the last dimension.");
        bool requiresGradient = input.RequiresGradient || scale.RequiresGradient || shift.RequiresGradient;
        Tensor normal = Arena.Allocate(input.Shape);
        Tensor inverse = Arena.Allocate(new Shape(input.Shape[0], channels));
        Tensor output = Result(input.Shape, requiresGradient);
        GroupNormKernel.Forward(new GroupNormSizes(input.Shape, groups), input.Span, epsilon, normal.Span, inverse.Span, Arena);
        ColumnKernel.Affine(normal.Span, Zeros(channels).Span, scale.Span, shift.Span, output.Span);
        if (output.RequiresGradient)
        {
            GroupNormOp operation = Reuse<GroupNormOp>() ?? new GroupNormOp();
            (operation.Input, operation.Scale, operation.Shift, operation.Groups) = (input, scale, shift, groups);
            (operation.Normal, operation.Inverse, operation.Zero, operation.Arena) = (normal, inverse, Zeros(channels), Arena);
            Record(operation, output);
        }
        return output;
    }

    private Tensor Zeros(int count)
    {
        Tensor zeros = Arena.Allocate(new Shape(count));
        zeros.Span.Clear();
        return zeros;
    }

    private sealed class GroupNormOp : TapeOp
    {
        public Tensor Input { get; set; } = null!;

        public Tensor Scale { get; set; } = null!;

        public Tensor Shift { get; set; } = null!;

        public int Groups { get; set; }

        /// <summary>The input before scale and shift.</summary>
        public Tensor Normal { get; set; } = null!;

        /// <summary>[B, C], 1 / √(variance + ε) of each channel's group.</summary>
        public Tensor Inverse { get; set; } = null!;

        public Tensor Zero { get; set; } = null!;

        public TensorArena Arena { get; set; } = null!;

        public override void Backward(Gradients gradients)
        {
            Span<float> outer = gradients.Of(Output);
            if (Shift.RequiresGradient)
                ReduceKernel.AddRows(outer, outer.Length / Scale.Shape.Count, gradients.Of(Shift));
            if (Scale.RequiresGradient)
                ColumnKernel.AddProducts(outer, Normal.Span, gradients.Of(Scale));
            if (!Input.RequiresGradient)
                return;
            ColumnKernel.Affine(outer, Zero.Span, Scale.Span, Zero.Span, outer);
            GroupNormKernel.Backward(new GroupNormSizes(Input.Shape, Groups), outer, Normal.Span, Inverse.Span, gradients.Of(Input), Arena);
        }
    }
}
