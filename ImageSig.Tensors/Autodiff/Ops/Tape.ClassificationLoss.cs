using ImageSig.Tensors.Kernels;

namespace ImageSig.Tensors.Autodiff;

public sealed partial class Tape
{
    /// <summary>Softmax and its loss in one: <c>scale · Σ_b weight(label_b) · loss(softmax(logits_b), label_b)</c>.</summary>
    /// <param name="logits">[B, C], scores before softmax.</param>
    /// <param name="labels">[B], class indices.</param>
    /// <param name="scale">1 / (samples of the whole batch), so that the shards of a batch add up to its mean.</param>
    /// <returns>One number.</returns>
    /// <remarks>Inside, logarithms and exponentials are in double. Focal loss: Lin et al., "Focal loss for dense object
    /// detection", ICCV 2017. The samples' losses are added in order. A score of −∞ has no chance: the loss of that
    /// label is ∞, its gradient finite. NaN or +∞ gives NaN. Of scores above 1e15 the logarithm of their sum is lost.</remarks>
    /// <exception cref="ArgumentException">The shapes or the loss do not fit, or a label is not a class.</exception>
    public Tensor ClassificationLoss(Tensor logits, ReadOnlySpan<int> labels, ClassificationLoss loss, float scale)
    {
        if (logits.Shape.Rank != 2 || labels.Length != logits.Shape[0])
            throw new ArgumentException(
                $"ClassificationLoss: logits are {logits.Shape} for {labels.Length} labels; they must be [B, C] with one label for each of B rows.");
        int classes = logits.Shape[1];
        loss.Check(classes);
        Tensor slopes = Arena.Allocate(logits.Shape);
        Tensor output = Result(Shape.Scalar, logits.RequiresGradient);
        double sum = 0;
        for (int row = 0; row < labels.Length; row++)
        {
            int label = labels[row];
            if ((uint)label >= (uint)classes)
                throw new ArgumentException($"ClassificationLoss: label {label} in row {row}; labels must be 0 to {classes - 1}.");
            double weight = loss.ClassWeights is null ? 1 : loss.ClassWeights[label];
            sum += weight * LossKernel.Classification(
                logits.Span.Slice(row * classes, classes), label, loss.FocalGamma, loss.LabelSmoothing, weight * scale,
                slopes.Span.Slice(row * classes, classes));
        }
        output.Span[0] = (float)(sum * scale);
        RecordLoss(logits, slopes, output);
        return output;
    }

    private void RecordLoss(Tensor scores, Tensor slopes, Tensor output)
    {
        if (!output.RequiresGradient)
            return;
        LossOp operation = Reuse<LossOp>() ?? new LossOp();
        (operation.Scores, operation.Slopes) = (scores, slopes);
        Record(operation, output);
    }
}
