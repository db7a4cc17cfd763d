using ImageSig.Imaging;

namespace ImageSig;

/// <summary>Images and their augmented copies, made when asked for: sample <c>i · copies + k</c> is copy k of image i.</summary>
internal sealed class AugmentedImages
{
    private readonly IReadOnlyList<LabelledImage> images;
    private readonly Func<Image, Image>[] copies;

    public AugmentedImages(IReadOnlyList<LabelledImage> images, ImageAugmentations augmentations)
    {
        this.images = images;
        copies = [.. CopiesOf(augmentations)];
    }

    public int Count => images.Count * copies.Length;

    public Image Image(int index) => copies[index % copies.Length](images[index / copies.Length].Image);

    public int Label(int index) => images[index / copies.Length].Label;

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
