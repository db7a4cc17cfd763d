namespace ImageSig.Tensors.Autodiff;

/// <summary>Which loss of class scores: cross-entropy, or focal for <see cref="FocalGamma"/> above 0.</summary>
public sealed record ClassificationLoss
{
    /// <summary>γ of the focal loss, <c>−(1 − p)^γ ln p</c>; 0 is cross-entropy.</summary>
    public float FocalGamma { get; init; }

    /// <summary>[C] What a sample's loss is multiplied with, by its class; null for 1.</summary>
    public IReadOnlyList<float>? ClassWeights { get; init; }

    /// <summary>ε of label smoothing: the target is <c>(1 − ε)·[class = label] + ε / C</c>. In [0, 1), and only with γ = 0.</summary>
    public float LabelSmoothing { get; init; }

    /// <summary>What <see cref="LabelSmoothing"/> may be.</summary>
    public static Bounds LabelSmoothingBounds => Bounds.Share;

    /// <summary>Checks the values against <paramref name="classes"/> classes.</summary>
    /// <exception cref="SettingException">A value is out of range, or weights are missing.</exception>
    public void Check(int classes)
    {
        if (!(FocalGamma >= 0 && float.IsFinite(FocalGamma)))
            throw new SettingException($"Loss: gamma is {FocalGamma}; it must be 0 (cross-entropy) or above.");
        LabelSmoothingBounds.Check("Loss: the label smoothing", LabelSmoothing);
        if (LabelSmoothing > 0 && FocalGamma > 0)
            throw new SettingException("Loss: label smoothing is defined for cross-entropy only; set gamma or the smoothing to 0.");
        if (ClassWeights is not null && ClassWeights.Count != classes)
            throw new SettingException($"Loss: {ClassWeights.Count} class weights for {classes} classes; give one each.");
        for (int c = 0; ClassWeights is not null && c < classes; c++)
            if (!(ClassWeights[c] >= 0 && float.IsFinite(ClassWeights[c])))
                throw new SettingException($"Loss: the weight of class {c} is {ClassWeights[c]}; weights must be finite and at least 0.");
    }
}
