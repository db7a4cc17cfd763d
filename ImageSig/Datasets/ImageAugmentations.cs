namespace ImageSig;

/// <summary>How training images are changed: by copies that are added to them, or, with <see cref="Anew"/>, by chance each time they are shown. Validation and
/// test images never are.</summary>
[Flags]
public enum ImageAugmentations
{
    /// <summary>The image alone.</summary>
    None = 0,

    /// <summary>One copy, left and right exchanged; anew: every second time.</summary>
    HorizontalFlip = 1,

    /// <summary>One copy, top and bottom exchanged; anew: every fifth time.</summary>
    VerticalFlip = 2,

    /// <summary>Two copies, brighter by 40 and by 80 of 255 (HSV value, clipped); anew: two times in five, by up to 80.</summary>
    Brightness = 4,

    /// <summary>Anew only: every time, by whole pixels of up to a sixteenth of each side, the edge mirrored. Unlike a crop that is scaled it blurs no fine structure.</summary>
    Shift = 8,

    /// <summary>No copies: an epoch shows every image five times, and each time what is named here is drawn anew.</summary>
    Anew = 16,
}
