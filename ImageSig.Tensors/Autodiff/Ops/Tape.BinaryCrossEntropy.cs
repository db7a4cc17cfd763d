using ImageSig.Tensors.Kernels;

namespace ImageSig.Tensors.Autodiff;

public sealed partial class Tape
{
    /// <summary>Several yes-or-no questions at once, one sigmoid each: <c>scale · Σ_b mean_k −(w_k t ln σ(x) + (1 − t) ln(1 − σ(x)))</c>.</summary>
    /// <param name="logits">[B, K], scores before the sigmoid.</param>
    /// <param name="targets">[B, K], 0 for no and 1 for yes, or between; NaN where the answer is not known, which costs nothing. No gradient flows to them.</param>
    /// <param name="scale">1 / (samples of the whole batch), so that the shards of a batch add up to its mean.</param>
    /// <param name="yesWeights">[K] What a yes counts for each question, where yes is rare; null for 1.</param>
    /// <returns>One number.</returns>
    /// <remarks>Logarithms are taken in double, from the score rather than the probability: no finite score is too large; an infinite one may give NaN. The samples' losses
    /// are added in order.</remarks>
    /// <exception cref="ArgumentException">The shapes differ, or there are not K weights.</exception>
    public Tensor BinaryCrossEntropy(Tensor logits, Tensor targets, float scale, IReadOnlyList<float>? yesWeights = null)
    {
        if (logits.Shape.Rank != 2 || targets.Shape != logits.Shape)
            throw new ArgumentException($"BinaryCrossEntropy: logits are {logits.Shape}, targets {targets.Shape}; both must be [B, K].");
        int questions = logits.Shape[1];
        if (yesWeights is not null && yesWeights.Count != questions)
            throw new ArgumentException($"BinaryCrossEntropy: {yesWeights.Count} weights for {questions} questions; give one each.");
        Tensor slopes = Arena.Allocate(logits.Shape);
        Tensor output = Result(Shape.Scalar, logits.RequiresGradient);
        double sum = 0;
        for (int start = 0; start < logits.Shape.Count; start += questions)
            sum += LossKernel.BinaryCrossEntropy(
                logits.Span.Slice(start, questions), targets.Span.Slice(start, questions), yesWeights, scale, slopes.Span.Slice(start, questions));
        output.Span[0] = (float)(sum * scale);
        RecordLoss(logits, slopes, output);
        return output;
    }
}
