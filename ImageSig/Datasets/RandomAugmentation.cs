using ImageSig.Imaging;
using ImageSig.Tensors;

namespace ImageSig;

/// <summary>Changes of a training image that are drawn by chance: the same seed, epoch and sample give the same picture, on any number of threads.</summary>
/// <param name="augmentations">Which changes; see there how often and how far.</param>
/// <param name="seed">Of the training run.</param>
internal sealed class RandomAugmentation(ImageAugmentations augmentations, ulong seed)
{
    // Beyond the purposes that the rooms below draw random numbers for, and that of the split.
    private const uint AugmentationPurpose = RandomPurpose.First + 257;

    private const float HorizontalFlips = 0.5f, VerticalFlips = 0.2f, Brightenings = 0.4f, OtherChanges = 0.5f;
    private const int MaxBrightening = 80;

    /// <summary>Of a side: the part of it that a shift moves at most.</summary>
    private const int ShiftDivisor = 16;

    /// <summary>Those that <see cref="AugmentationSet"/> draws the strength of, in the order in which they are made: what is cut out stays gray.</summary>
    private static readonly (ImageAugmentations Kind, string Name)[] Others =
    [
        (ImageAugmentations.Crop, "crop"), (ImageAugmentations.Rotation, "rotate"), (ImageAugmentations.Contrast, "contrast"),
        (ImageAugmentations.ColorJitter, "jitter"), (ImageAugmentations.Cutout, "cutout"),
    ];

    /// <summary>The picture as sample <paramref name="sample"/> of epoch <paramref name="epoch"/> shows it; the image itself if nothing was drawn.</summary>
    public Image Draw(Image image, int epoch, int sample)
    {
        RandomStream random = new(seed, AugmentationPurpose, (uint)epoch, (uint)sample);
        // All are drawn, so that a change does not depend on which others there are.
        bool flipsHorizontally = random.NextFloat() < HorizontalFlips;
        bool flipsVertically = random.NextFloat() < VerticalFlips;
        bool brightens = random.NextFloat() < Brightenings;
        int brightening = 1 + random.NextBelow(MaxBrightening);
        int right = DrawShift(ref random, image.Width);
        int down = DrawShift(ref random, image.Height);
        if (flipsHorizontally && augmentations.HasFlag(ImageAugmentations.HorizontalFlip))
            image = Augmentation.FlipHorizontal(image);
        if (flipsVertically && augmentations.HasFlag(ImageAugmentations.VerticalFlip))
            image = Augmentation.FlipVertical(image);
        if (augmentations.HasFlag(ImageAugmentations.Shift))
            image = Augmentation.Shift(image, right, down);
        if (brightens && augmentations.HasFlag(ImageAugmentations.Brightness))
            image = Augmentation.Brighten(image, brightening);
        foreach ((ImageAugmentations kind, string name) in Others)
        {
            bool changes = random.NextFloat() < OtherChanges;
            ulong strength = ((ulong)random.NextBits() << 32) | random.NextBits();
            if (changes && augmentations.HasFlag(kind))
                image = AugmentationSet.Apply(name, image, strength);
        }
        return image;
    }

    private static int DrawShift(ref RandomStream random, int side)
    {
        int max = side / ShiftDivisor;
        return random.NextBelow(2 * max + 1) - max;
    }
}
