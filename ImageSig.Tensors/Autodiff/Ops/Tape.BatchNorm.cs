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

    /// <summary>Every channel to mean 0 and variance 1, then scaled: <c>y = activation((x − mean) / √(variance + ε) · scale + shift)</c>.</summary>
    /// <param name="input">[..., C].</param>
    /// <remarks>While training, mean and variance are those of the rows on this tape: of a fixed shard, so that they never depend
    /// on the number of threads. They are handed on as "gradients" of the running averages, times <see cref="BatchShare"/>; when
    /// predicting, the running averages are used. Of a single row the normal numbers are 0, and so is the gradient of the input; they are 0 too where the variance is beyond float, of numbers some
    /// 1e19 apart. Sums are in single precision, row by row, as those of <see cref="AveragePool1D"/>. Source: Ioffe &amp; Szegedy, "Batch normalization", ICML 2015.</remarks>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public Tensor BatchNorm(Tensor input, BatchNormTensors tensors, float epsilon = 1e-5f, Activation activation = Activation.None) =>
        ActivationKernel.IsFused(activation)
            ? FusedBatchNorm(input, tensors, epsilon, activation)
            : Activate(FusedBatchNorm(input, tensors, epsilon, Activation.None), activation);

    private Tensor FusedBatchNorm(Tensor input, BatchNormTensors tensors, float epsilon, Activation activation)
    {
        int channels = tensors.Scale.Shape.Count;
        if (input.Shape.Rank < 2 || input.Shape.Last != channels || tensors.Shift.Shape.Count != channels
            || tensors.RunningMean.Shape.Count != channels || tensors.RunningVariance.Shape.Count != channels)
            throw new ArgumentException(
                $"BatchNorm: input is {input.Shape}, scale is {tensors.Scale.Shape}; all four tensors must be [C] with C the input's last dimension.");
        // Statistics follow the batch on the way back, even where all in front of them is frozen.
        Tensor output = Result(
            input.Shape, input.RequiresGradient || tensors.Scale.RequiresGradient || tensors.Shift.RequiresGradient || tensors.RunningMean.RequiresGradient);
        float cap = ActivationKernel.CapOf(activation);
        if (!IsTraining)
        {
            Predict(input, tensors, epsilon, cap, output);
            return output;
        }
        BatchNormOp operation = Reuse<BatchNormOp>() ?? new BatchNormOp();
        (operation.Input, operation.Tensors, operation.Share, operation.Cap) = (input, tensors, BatchShare, cap);
        operation.Mean = Arena.Allocate(tensors.Scale.Shape);
        operation.Variance = Arena.Allocate(tensors.Scale.Shape);
        operation.Inverse = Arena.Allocate(tensors.Scale.Shape);
        operation.Factor = Arena.Allocate(tensors.Scale.Shape);
        operation.Sum = Arena.Allocate(tensors.Scale.Shape);
        operation.Slope = Arena.Allocate(tensors.Scale.Shape);
        operation.Forward(epsilon, output);
        if (output.RequiresGradient)
            Record(operation, output);
        return output;
    }

    /// <summary>One factor for the variance and the scale: rounded once less than in training.</summary>
    private void Predict(Tensor input, BatchNormTensors tensors, float epsilon, float cap, Tensor output)
    {
        (int, int, long) mark = Arena.Mark();
        Span<float> factor = Arena.Scratch(tensors.Scale.Shape.Count), ones = Arena.Scratch(factor.Length);
        ones.Fill(1);
        for (int c = 0; c < factor.Length; c++)
            factor[c] = tensors.Scale.Span[c] / MathF.Sqrt(tensors.RunningVariance.Span[c] + epsilon);
        BatchNormKernel.Forward(input.Span, tensors.RunningMean.Span, ones, factor, tensors.Shift.Span, cap, output.Span);
        Arena.Release(mark);
    }

    private sealed class BatchNormOp : TapeOp
    {
        public Tensor Input { get; set; } = null!;

        public BatchNormTensors Tensors { get; set; }

        public float Share { get; set; }

        /// <summary>Of the activation: <see cref="ActivationKernel.CapOf"/>.</summary>
        public float Cap { get; set; }

        public Tensor Mean { get; set; } = null!;

        public Tensor Variance { get; set; } = null!;

        /// <summary>1 / √(variance + ε).</summary>
        public Tensor Inverse { get; set; } = null!;

        /// <summary>On the way back, scale / √(variance + ε).</summary>
        public Tensor Factor { get; set; } = null!;

        /// <summary>On the way back, Σ dy.</summary>
        public Tensor Sum { get; set; } = null!;

        /// <summary>On the way back, Σ dy · normal.</summary>
        public Tensor Slope { get; set; } = null!;

        private int Rows => Input.Shape.Count / Mean.Shape.Count;

        public void Forward(float epsilon, Tensor output)
        {
            Span<float> mean = Mean.Span;
            Span<float> variance = Variance.Span;
            Span<float> inverse = Inverse.Span;
            if (Tensors.AreStatisticsFixed)
            {
                Tensors.RunningMean.Span.CopyTo(mean);
                Tensors.RunningVariance.Span.CopyTo(variance);
            }
            else
            {
                Measure(mean, variance);
            }
            for (int c = 0; c < mean.Length; c++)
                inverse[c] = 1 / MathF.Sqrt(variance[c] + epsilon);
            BatchNormKernel.Forward(Input.Span, mean, inverse, Tensors.Scale.Span, Tensors.Shift.Span, Cap, output.Span);
        }

        /// <summary>Mean and variance of the rows.</summary>
        private void Measure(Span<float> mean, Span<float> variance)
        {
            mean.Clear();
            variance.Clear();
            ReduceKernel.AddRows(Input.Span, Rows, mean);
            for (int c = 0; c < mean.Length; c++)
                mean[c] /= Rows;
            ColumnKernel.AddSquares(Input.Span, mean, variance);
            for (int c = 0; c < mean.Length; c++)
                variance[c] /= Rows;
        }

        /// <summary><c>dx = scale / √(variance + ε) · (dy − mean(dy) − normal · mean(dy · normal))</c>, dy being zero where the activation cut; with fixed statistics, which do not depend on x, the
        /// first term alone.</summary>
        public override void Backward(Gradients gradients)
        {
            Span<float> outer = gradients.Of(Output);
            Span<float> sum = Sum.Span;
            Span<float> slope = Slope.Span;
            sum.Clear();
            slope.Clear();
            BatchNormKernel.AddSlopes(Input.Span, Mean.Span, Inverse.Span, Output.Span, Cap, outer, sum, slope);
            if (Tensors.Shift.RequiresGradient)
                ReduceKernel.Add(sum, gradients.Of(Tensors.Shift));
            if (Tensors.Scale.RequiresGradient)
                ReduceKernel.Add(slope, gradients.Of(Tensors.Scale));
            if (Tensors.AreStatisticsFixed)
            {
                sum.Clear();
                slope.Clear();
            }
            else
            {
                AddStatistics(gradients);
            }
            if (!Input.RequiresGradient)
                return;
            Span<float> factor = Factor.Span;
            for (int c = 0; c < factor.Length; c++)
            {
                sum[c] /= Rows;
                slope[c] /= Rows;
                factor[c] = Inverse.Span[c] * Tensors.Scale.Span[c];
            }
            Span<float> inner = gradients.Of(Input, out bool isNew);
            BatchNormKernel.Backward(Input.Span, Mean.Span, Inverse.Span, factor, sum, slope, outer, inner, accumulate: !isNew);
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
