using ImageSig.Tensors.Kernels;

namespace ImageSig.Tensors.Autodiff;

public sealed partial class Tape
{
    /// <summary>The squared distance from what was wanted: <c>scale · Σ_b mean_k (x − t)²</c>.</summary>
    /// <param name="outputs">[B, K].</param>
    /// <param name="targets">[B, K]. No gradient flows to them.</param>
    /// <param name="scale">1 / (samples of the whole batch), so that the shards of a batch add up to its mean.</param>
    /// <returns>One number.</returns>
    /// <remarks>Summed in double, the samples in order.</remarks>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public Tensor MeanSquaredError(Tensor outputs, Tensor targets, float scale)
    {
        if (outputs.Shape.Rank != 2 || targets.Shape != outputs.Shape)
            throw new ArgumentException($"MeanSquaredError: outputs are {outputs.Shape}, targets {targets.Shape}; both must be [B, K].");
        int width = outputs.Shape[1];
        Tensor slopes = Arena.Allocate(outputs.Shape);
        Tensor output = Result(Shape.Scalar, outputs.RequiresGradient);
        double sum = 0;
        for (int start = 0; start < outputs.Shape.Count; start += width)
            sum += LossKernel.SquaredError(
                outputs.Span.Slice(start, width), targets.Span.Slice(start, width), scale, slopes.Span.Slice(start, width));
        output.Span[0] = (float)(sum * scale);
        RecordLoss(outputs, slopes, output);
        return output;
    }
}
