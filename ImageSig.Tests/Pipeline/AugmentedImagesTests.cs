using ImageSig.Imaging;

namespace ImageSig.Tests.Pipeline;

public class AugmentedImagesTests
{
    private static readonly LabelledImage[] Two = [new(new Image(2, 1, [10, 20, 30, 40, 50, 60]), 0), new(new Image(2, 1, [1, 2, 3, 4, 5, 6]), 1)];

    [Fact]
    public void The_papers_set_is_five_pictures_of_each()
    {
        AugmentedImages images = new(Two, ImageAugmentations.HorizontalFlip | ImageAugmentations.VerticalFlip | ImageAugmentations.Brightness);
        Assert.Equal(10, images.Count);
        Assert.Equal([0, 0, 0, 0, 0, 1, 1, 1, 1, 1], Enumerable.Range(0, 10).Select(images.Label));
        Assert.Equal([10, 20, 30, 40, 50, 60], images.Image(0).Pixels.ToArray());
        Assert.Equal([40, 50, 60, 10, 20, 30], images.Image(1).Pixels.ToArray());
        Assert.Equal([10, 20, 30, 40, 50, 60], images.Image(2).Pixels.ToArray());
        Assert.Equal(30 + 40, images.Image(3).Pixels[2]);
        Assert.Equal(60 + 80, images.Image(4).Pixels[5]);
        Assert.Equal([1, 2, 3, 4, 5, 6], images.Image(5).Pixels.ToArray());
    }

    [Fact]
    public void Without_augmentations_the_images_stay_alone() => Assert.Equal(2, new AugmentedImages(Two, ImageAugmentations.None).Count);
}
