namespace ImageSig.Tensors.Autodiff;

/// <summary>A loss whose derivative by each score was found in the forward pass.</summary>
internal sealed class LossOp : TapeOp
{
    public Tensor Scores { get; set; } = null!;

    /// <summary>∂loss / ∂score, of the scores' shape.</summary>
    public Tensor Slopes { get; set; } = null!;

    public override void Backward(Gradients gradients)
    {
        float outer = gradients.Of(Output)[0];
        ReadOnlySpan<float> slopes = Slopes.Span;
        Span<float> inner = gradients.Of(Scores);
        for (int i = 0; i < inner.Length; i++)
            inner[i] += outer * slopes[i];
    }
}
