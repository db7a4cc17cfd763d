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

    /// <summary>Anew only: every second time a part, its sides at least three quarters of the picture's, brought back to the picture's size.</summary>
    Crop = 32,

    /// <summary>Anew only: every second time turned, by up to 20 degrees, the edge mirrored.</summary>
    Rotation = 64,

    /// <summary>Anew only: every second time another contrast, 0.6 to 1.4 times as much.</summary>
    Contrast = 128,

    /// <summary>Anew only: every second time other colors, the hue turned by up to 12 degrees, saturation and value more or less by up to a fifth.</summary>
    ColorJitter = 256,

    /// <summary>Anew only: every second time a gray square somewhere, three tenths of the picture's shorter side.</summary>
    Cutout = 512,
}
