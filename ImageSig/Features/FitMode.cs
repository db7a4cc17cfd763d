namespace ImageSig;

/// <summary>How an image of another aspect ratio is brought to the model's size.</summary>
public enum FitMode
{
    /// <summary>The whole image, squeezed or stretched (the paper's way).</summary>
    Stretch,

    /// <summary>The largest centred part of the right aspect ratio.</summary>
    Crop,
}
