namespace ImageSig.NN;

/// <summary>What a model eats.</summary>
public enum ModelInput
{
    /// <summary>Signatures of paths, [S, F].</summary>
    Signatures,

    /// <summary>Pixels in 0…1, [H, W, 3].</summary>
    Pixels,
}
