namespace ImageSig.Imaging;

/// <summary>Augmentations by name, at the strengths that training usually wants.</summary>
public static class AugmentationSet
{
    /// <summary>The copies that the paper makes of each training picture: both flips, and V of HSV raised by 40 and by 80.</summary>
    public static IReadOnlyList<string> Paper { get; } = ["hflip", "vflip", "brightness40", "brightness80"];

    /// <summary>The paper's copies and the further ones of its published code: colors exchanged, turned by 45 degrees, noise.</summary>
    public static IReadOnlyList<string> PaperCode { get; } = [.. Paper, "swap", "rotate45", "noise"];

    /// <summary>Every name that <see cref="Apply"/> knows.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. PaperCode, "contrast", "jitter", "rotate", "crop", "saltpepper", "cutout"];

    /// <summary>Makes the named copy of a picture.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="image">[H, W, 3]; stays as it is.</param>
    /// <param name="seed">Decides what is left to chance; the same seed gives the same copy.</param>
    /// <exception cref="ArgumentException">The name is not known.</exception>
    public static Image Apply(string name, Image image, ulong seed) => name switch
    {
        "hflip" => Augmentation.FlipHorizontal(image),
        "vflip" => Augmentation.FlipVertical(image),
        "brightness40" => Augmentation.Brighten(image, 40),
        "brightness80" => Augmentation.Brighten(image, 80),
        "swap" => Augmentation.SwapRedAndBlue(image),
        "rotate45" => Augmentation.Rotate(image, 45),
        "noise" => Augmentation.GaussianNoise(image, deviation: 12, seed),
        "contrast" => Augmentation.Contrast(image, 1 + 0.4 * new CounterRandom(seed).Symmetric()),
        "jitter" => Augmentation.ColorJitter(image, strength: 0.2, seed),
        "rotate" => Augmentation.Rotate(image, 20 * new CounterRandom(seed).Symmetric()),
        "crop" => Augmentation.CropAndScale(image, minShare: 0.75, seed),
        "saltpepper" => Augmentation.SaltAndPepper(image, share: 0.02, seed),
        "cutout" => Augmentation.Cutout(image, share: 0.3, seed),
        _ => throw new ArgumentException($"Augmentation: \"{name}\" is not known; the names are {string.Join(", ", Names)}.", nameof(name)),
    };
}
