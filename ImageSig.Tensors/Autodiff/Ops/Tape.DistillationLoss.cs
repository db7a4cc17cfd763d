using ImageSig.Tensors.Kernels;

namespace ImageSig.Tensors.Autodiff;

public sealed partial class Tape
{
    /// <summary>How far softened answers are from a teacher's: <c>scale · T² · Σ_b Σ_c t_bc ln(t_bc / softmax(logits_b / T)_c)</c>.</summary>
    /// <param name="logits">[B, C], scores before softmax.</param>
    /// <param name="answers">[B, C], t: the teacher's chances at the same temperature, each row with the sum 1. No gradient flows to them.</param>
    /// <param name="temperature">T, above 0. With T² in front, gradients are as large at any temperature.</param>
    /// <param name="scale">1 / (samples of the whole batch), so that the shards of a batch add up to its mean.</param>
    /// <returns>One number.</returns>
    /// <remarks>Logarithms and exponentials are in double; the samples' losses are added in order. Source: Hinton, Vinyals and Dean,
    /// "Distilling the knowledge in a neural network", 2015, section 2.</remarks>
    /// <exception cref="ArgumentException">The shapes differ, or the temperature is not above 0.</exception>
    public Tensor DistillationLoss(Tensor logits, Tensor answers, float temperature, float scale)
    {
        if (logits.Shape.Rank != 2 || answers.Shape != logits.Shape)
            throw new ArgumentException($"DistillationLoss: logits are {logits.Shape}, answers {answers.Shape}; both must be [B, C].");
        if (!(temperature > 0 && float.IsFinite(temperature)))
            throw new ArgumentException($"DistillationLoss: the temperature is {temperature}; it must be above 0.");
        int classes = logits.Shape[1];
        Tensor slopes = Arena.Allocate(logits.Shape);
        Tensor output = Result(Shape.Scalar, logits.RequiresGradient);
        double sum = 0;
        for (int start = 0; start < logits.Shape.Count; start += classes)
            sum += LossKernel.Distillation(
                logits.Span.Slice(start, classes), answers.Span.Slice(start, classes), temperature, scale, slopes.Span.Slice(start, classes));
        output.Span[0] = (float)(sum * scale);
        RecordLoss(logits, slopes, output);
        return output;
    }
}
