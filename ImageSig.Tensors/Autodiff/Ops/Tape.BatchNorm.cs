using ImageSig.Tensors.Kernels;

namespace ImageSig.Tensors.Autodiff;

/// <summary>The learned and the observed numbers of a batch normalization, all [C].</summary>
/// <param name="Scale">Learned; begins as 1.</param>
/// <param name="Shift">Learned; begins as 0.</param>
/// <param name="RunningMean">A statistic; begins as 0.</param>
/// <param name="RunningVariance">A statistic; begins as 1.</param>
public readonly record struct BatchNormTensors(Tensor Scale, Tensor Shift, Tensor RunningMean, Tensor RunningVariance)
{
    /// <summary>Whether the running averages are used in training as they are when predicting, and stay as they are.</summary>
    public bool AreStatisticsFixed { get; init; }
}

public sealed partial class Tape
{
    /// <summary>The share of a whole batch that is on this tape: what its statistics count in the running averages.</summary>
    public float BatchShare { get; set; } = 1;

    /// <summary>Every channel to mean 0 and variance 1, then scaled: <c>y = (x − mean) / √(variance + ε) · scale + shift</c>.</summary>
    /// <param name="input">[..., C].</param>
    /// <remarks>While training, mean and variance are those of the rows on this tape: of a fixed shard, so that they never depend
    /// on the number of threads. They are handed on as "gradients" of the running averages, times <see cref="BatchShare"/>; when
    /// predicting, the running averages are used. Source: Ioffe &amp; Szegedy, "Batch normalization", ICML 2015.</remarks>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public Tensor BatchNorm(Tensor input, BatchNormTensors tensors, float epsilon = 1e-5f)
    {
        int channels = tensors.Scale.Shape.Count;
        if (input.Shape.Rank < 2 || input.Shape.Last != channels || tensors.Shift.Shape.Count != channels
            || tensors.RunningMean.Shape.Count != channels || tensors.RunningVariance.Shape.Count != channels)
            throw new ArgumentException(
                $"BatchNorm: input is {input.Shape}, scale is {tensors.Scale.Shape}; all four tensors must be [C] with C the input's last dimension.");
        // Statistics follow the batch on the way back, even where all in front of them is frozen.
        Tensor output = Result(
            input.Shape, input.RequiresGradient || tensors.Scale.RequiresGradient || tensors.Shift.RequiresGradient || tensors.RunningMean.RequiresGradient);
        if (!IsTraining)
        {
            Predict(input, tensors, epsilon, output);
            return output;
        }
        BatchNormOp operation = Reuse<BatchNormOp>() ?? new BatchNormOp();
        (operation.Input, operation.Tensors, operation.Share) = (input, tensors, BatchShare);
        operation.Normal = Arena.Allocate(input.Shape);
        operation.Mean = Arena.Allocate(tensors.Scale.Shape);
        operation.Variance = Arena.Allocate(tensors.Scale.Shape);
        operation.Inverse = Arena.Allocate(tensors.Scale.Shape);
        operation.Zero = Arena.Allocate(tensors.Scale.Shape);
        operation.First = Arena.Allocate(tensors.Scale.Shape);
        operation.Second = Arena.Allocate(tensors.Scale.Shape);
        operation.Forward(epsilon, output);
        if (output.RequiresGradient)
            Record(operation, output);
        return output;
    }

    private void Predict(Tensor input, BatchNormTensors tensors, float epsilon, Tensor output)
    {
        Span<float> factor = Arena.Scratch(tensors.Scale.Shape.Count);
        for (int c = 0; c < factor.Length; c++)
            factor[c] = tensors.Scale.Span[c] / MathF.Sqrt(tensors.RunningVariance.Span[c] + epsilon);
        ColumnKernel.Affine(input.Span, tensors.RunningMean.Span, factor, tensors.Shift.Span, output.Span);
    }

    private sealed class BatchNormOp : TapeOp
    {
        public Tensor Input { get; set; } = null!;

        public BatchNormTensors Tensors { get; set; }

        public float Share { get; set; }

        /// <summary>The rows before scale and shift.</summary>
        public Tensor Normal { get; set; } = null!;

        public Tensor Mean { get; set; } = null!;

        public Tensor Variance { get; set; } = null!;

        /// <summary>1 / √(variance + ε).</summary>
        public Tensor Inverse { get; set; } = null!;

        public Tensor Zero { get; set; } = null!;

        public Tensor First { get; set; } = null!;

        public Tensor Second { get; set; } = null!;

        private int Rows => Input.Shape.Count / Mean.Shape.Count;

        public void Forward(float epsilon, Tensor output)
        {
            Span<float> mean = Mean.Span;
            Span<float> variance = Variance.Span;
            Span<float> inverse = Inverse.Span;
            Zero.Span.Clear();
            if (Tensors.AreStatisticsFixed)
            {
                Tensors.RunningMean.Span.CopyTo(mean);
                Tensors.RunningVariance.Span.CopyTo(variance);
                inverse.Fill(1);
                ColumnKernel.Affine(Input.Span, mean, inverse, Zero.Span, Normal.Span);
            }
            else
            {
                Measure(mean, variance);
            }
            for (int c = 0; c < mean.Length; c++)
                inverse[c] = 1 / MathF.Sqrt(variance[c] + epsilon);
            ColumnKernel.ScaleThenAffine(Normal.Span, inverse, Tensors.Scale.Span, Tensors.Shift.Span, output.Span);
        }

        /// <summary>Mean and variance of the rows, and the rows less their mean.</summary>
        private void Measure(Span<float> mean, Span<float> variance)
        {
            Span<float> inverse = Inverse.Span;
            mean.Clear();
            variance.Clear();
            ReduceKernel.AddRows(Input.Span, Rows, mean);
            for (int c = 0; c < mean.Length; c++)
                mean[c] /= Rows;
            inverse.Fill(1);
            ColumnKernel.Affine(Input.Span, mean, inverse, Zero.Span, Normal.Span);
            ColumnKernel.AddProducts(Normal.Span, Normal.Span, variance);
            for (int c = 0; c < mean.Length; c++)
                variance[c] /= Rows;
        }

        /// <summary><c>dx = scale / √(variance + ε) · (dy − mean(dy) − normal · mean(dy · normal))</c>; with fixed statistics, which do not depend on x, the
        /// first term alone.</summary>
        public override void Backward(Gradients gradients)
        {
            ReadOnlySpan<float> outer = gradients.Of(Output);
            Span<float> mean = First.Span;
            Span<float> slope = Second.Span;
            mean.Clear();
            slope.Clear();
            ReduceKernel.AddRows(outer, Rows, mean);
            ColumnKernel.AddProducts(outer, Normal.Span, slope);
            if (Tensors.Shift.RequiresGradient)
                ReduceKernel.Add(mean, gradients.Of(Tensors.Shift));
            if (Tensors.Scale.RequiresGradient)
                ReduceKernel.Add(slope, gradients.Of(Tensors.Scale));
            if (Tensors.AreStatisticsFixed)
            {
                mean.Clear();
                slope.Clear();
            }
            else
            {
                AddStatistics(gradients);
            }
            if (!Input.RequiresGradient)
                return;
            Span<float> factor = Inverse.Span;
            for (int c = 0; c < factor.Length; c++)
            {
                mean[c] /= Rows;
                slope[c] /= Rows;
                factor[c] *= Tensors.Scale.Span[c];
            }
            Span<float> inner = gradients.Of(Input, out bool isNew);
            ColumnKernel.NormBackward(outer, Normal.Span, factor, mean, slope, inner, accumulate: !isNew);
        }

        /// <summary>The running variance follows the unbiased one: over rows − 1.</summary>
        private void AddStatistics(Gradients gradients)
        {
            float unbias = Rows > 1 ? Rows / (Rows - 1f) : 1;
            if (Tensors.RunningMean.RequiresGradient)
                AddScaled(Share, Mean.Span, gradients.Of(Tensors.RunningMean));
            if (Tensors.RunningVariance.RequiresGradient)
                AddScaled(Share * unbias, Variance.Span, gradients.Of(Tensors.RunningVariance));
        }
    }
}
