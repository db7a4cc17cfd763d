using ImageSig.Imaging;

namespace ImageSig;

/// <summary>Images as training shows them, made when asked for. With copies, sample <c>i · copies + k</c> is copy k of image i; drawn anew, sample
/// <c>i · views + k</c> is image i, changed by what seed, epoch and sample alone decide.</summary>
internal sealed class AugmentedImages
{
    /// <summary>How often an epoch shows an image that is drawn anew: as often as there are copies in the paper's set.</summary>
    private const int Views = 5;

    private readonly IReadOnlyList<LabeledImage> images;
    private readonly Func<Image, Image>[] copies;
    private readonly RandomAugmentation? random;
    private readonly ImageAugmentations augmentations;

    /// <param name="images">All of one size.</param>
    /// <param name="augmentations">How they are changed.</param>
    /// <param name="seed">Decides what is drawn anew.</param>
    public AugmentedImages(IReadOnlyList<LabeledImage> images, ImageAugmentations augmentations, ulong seed)
    {
        (this.images, this.augmentations) = (images, augmentations);
        copies = [.. CopiesOf(augmentations)];
        if (augmentations.HasFlag(ImageAugmentations.Anew))
            random = new RandomAugmentation(augmentations, seed);
    }

    public int Count => images.Count * PerImage;

    /// <summary>Whether a sample is another picture in every epoch.</summary>
    public bool AreDrawnAnew => random is not null;

    /// <summary>The same images with another seed's changes.</summary>
    public AugmentedImages WithSeed(ulong seed) => new(images, augmentations, seed);

    private int PerImage => AreDrawnAnew ? Views : copies.Length;

    /// <summary>How many samples images become.</summary>
    public static int SamplesOf(int images, ImageAugmentations augmentations) =>
        images * (augmentations.HasFlag(ImageAugmentations.Anew) ? Views : CopiesOf(augmentations).Count());

    /// <summary>The picture of a sample.</summary>
    /// <param name="index">0…<see cref="Count"/> − 1.</param>
    /// <param name="epoch">From 1 on; where nothing is drawn anew it makes no difference.</param>
    public Image Image(int index, int epoch)
    {
        Image image = images[index / PerImage].Image;
        return random is null ? copies[index % PerImage](image) : random.Draw(image, epoch, index);
    }

    /// <summary>The answers to a set's questions; null where it has classes.</summary>
    public IReadOnlyList<bool?>? Answers(int index) => images[index / PerImage].Answers;

    public int Label(int index) => images[index / PerImage].Label;

    private static IEnumerable<Func<Image, Image>> CopiesOf(ImageAugmentations augmentations)
    {
        yield return image => image;
        if (augmentations.HasFlag(ImageAugmentations.HorizontalFlip))
            yield return Augmentation.FlipHorizontal;
        if (augmentations.HasFlag(ImageAugmentations.VerticalFlip))
            yield return Augmentation.FlipVertical;
        if (augmentations.HasFlag(ImageAugmentations.Brightness))
        {
            yield return image => Augmentation.Brighten(image, 40);
            yield return image => Augmentation.Brighten(image, 80);
        }
    }
}
