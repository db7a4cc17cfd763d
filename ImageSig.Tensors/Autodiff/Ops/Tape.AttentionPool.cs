using ImageSig.Tensors.Kernels;

namespace ImageSig.Tensors.Autodiff;

public sealed partial class Tape
{
    /// <summary>A weighted mean over positions: <c>y[b] = Σ_t softmax(scores[b])[t] · values[b, t]</c>.</summary>
    /// <param name="scores">[B, T] or [B, T, 1].</param>
    /// <param name="values">[B, T, F].</param>
    /// <returns>[B, F].</returns>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public Tensor AttentionPool(Tensor scores, Tensor values)
    {
        if (values.Shape.Rank != 3 || scores.Shape.Rank < 2 || scores.Shape[0] != values.Shape[0] || scores.Shape[1] != values.Shape[1]
            || scores.Shape.Count != values.Shape[0] * values.Shape[1])
            throw new ArgumentException(
                $"AttentionPool: scores are {scores.Shape}, values {values.Shape}; they must be [B, T] and [B, T, F] with the same B and T.");
        int batch = values.Shape[0];
        int steps = values.Shape[1];
        int features = values.Shape[2];
        Tensor chances = Arena.Allocate(new Shape(batch, steps));
        Tensor output = Result(new Shape(batch, features), scores.RequiresGradient || values.RequiresGradient);
        scores.Span.CopyTo(chances.Span);
        output.Span.Clear();
        for (int sample = 0; sample < batch; sample++)
        {
            SoftmaxKernel.Row(chances.Span.Slice(sample * steps, steps), steps);
            Span<float> sum = output.Span.Slice(sample * features, features);
            for (int t = 0; t < steps; t++)
                AddScaled(chances.Span[sample * steps + t], values.Span.Slice((sample * steps + t) * features, features), sum);
        }
        if (output.RequiresGradient)
        {
            AttentionPoolOp operation = Reuse<AttentionPoolOp>() ?? new AttentionPoolOp();
            (operation.Scores, operation.Values, operation.Chances) = (scores, values, chances);
            Record(operation, output);
        }
        return output;
    }

    /// <summary><c>sum ← sum + factor · values</c>.</summary>
    private static void AddScaled(float factor, ReadOnlySpan<float> values, Span<float> sum)
    {
        for (int i = 0; i < sum.Length; i++)
            sum[i] = Lanes.MultiplyAdd(factor, values[i], sum[i]);
    }

    private sealed unsafe class AttentionPoolOp : TapeOp
    {
        public Tensor Scores { get; set; } = null!;

        public Tensor Values { get; set; } = null!;

        public Tensor Chances { get; set; } = null!;

        public override void Backward(Gradients gradients)
        {
            int steps = Values.Shape[1];
            int features = Values.Shape[2];
            ReadOnlySpan<float> outer = gradients.Of(Output);
            Span<float> ofValues = Values.RequiresGradient ? gradients.Of(Values) : default;
            Span<float> ofScores = Scores.RequiresGradient ? gradients.Of(Scores) : default;
            for (int sample = 0; sample < Values.Shape[0]; sample++)
            {
                ReadOnlySpan<float> row = outer.Slice(sample * features, features);
                ReadOnlySpan<float> chances = Chances.Span.Slice(sample * steps, steps);
                if (!ofValues.IsEmpty)
                    for (int t = 0; t < steps; t++)
                        AddScaled(chances[t], row, ofValues.Slice((sample * steps + t) * features, features));
                if (ofScores.IsEmpty)
                    continue;
                // Through softmax: chance · (slope − mean slope). The slopes are found twice rather than kept.
                float mean = 0;
                for (int pass = 0; pass < 2; pass++)
                {
                    for (int t = 0; t < steps; t++)
                    {
                        float slope;
                        fixed (float* d = row, v = Values.Span.Slice((sample * steps + t) * features, features))
                            slope = ReduceKernel.Dot(d, v, features);
                        if (pass == 0)
                            mean = Lanes.MultiplyAdd(slope, chances[t], mean);
                        else
                            ofScores[sample * steps + t] += chances[t] * (slope - mean);
                    }
                }
            }
        }
    }
}
