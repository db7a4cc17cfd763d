namespace ImageSig;

/// <summary>Which copies of a training image are added to it; validation and test images are never augmented.</summary>
[Flags]
public enum ImageAugmentations
{
    /// <summary>The image alone.</summary>
    None = 0,

    /// <summary>One copy, left and right exchanged.</summary>
    HorizontalFlip = 1,

    /// <summary>One copy, top and bottom exchanged.</summary>
    VerticalFlip = 2,

    /// <summary>Two copies, brighter by 40 and by 80 of 255 (HSV value, clipped).</summary>
    Brightness = 4,
}
