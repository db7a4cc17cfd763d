using ImageSig.Imaging;
using ImageSig.Tests.Imaging;

namespace ImageSig.Tests.Pipeline;

public class AugmentedImagesTests
{
    private const ImageAugmentations All =
        ImageAugmentations.HorizontalFlip | ImageAugmentations.VerticalFlip | ImageAugmentations.Brightness | ImageAugmentations.Shift | ImageAugmentations.Anew;

    private static readonly LabeledImage[] Two = [new(new Image(2, 1, [10, 20, 30, 40, 50, 60]), 0), new(new Image(2, 1, [1, 2, 3, 4, 5, 6]), 1)];

    [Fact]
    public void The_papers_set_is_five_pictures_of_each()
    {
        AugmentedImages images = new(Two, ImageAugmentations.HorizontalFlip | ImageAugmentations.VerticalFlip | ImageAugmentations.Brightness, seed: 1);
        Assert.Equal(10, images.Count);
        Assert.Equal([0, 0, 0, 0, 0, 1, 1, 1, 1, 1], Enumerable.Range(0, 10).Select(images.Label));
        Assert.Equal([10, 20, 30, 40, 50, 60], images.Image(0, epoch: 0).Pixels.ToArray());
        Assert.Equal([40, 50, 60, 10, 20, 30], images.Image(1, epoch: 1).Pixels.ToArray());
        Assert.Equal([10, 20, 30, 40, 50, 60], images.Image(2, epoch: 2).Pixels.ToArray());
        Assert.Equal(30 + 40, images.Image(3, epoch: 3).Pixels[2]);
        Assert.Equal(60 + 80, images.Image(4, epoch: 4).Pixels[5]);
        Assert.Equal([1, 2, 3, 4, 5, 6], images.Image(5, epoch: 5).Pixels.ToArray());
    }

    [Fact]
    public void Without_augmentations_the_images_stay_alone() => Assert.Equal(2, new AugmentedImages(Two, ImageAugmentations.None, seed: 1).Count);

    [Fact]
    public void Drawn_anew_an_epoch_shows_every_image_five_times_and_no_two_epochs_the_same()
    {
        LabeledImage[] images = [new(Pictures.Photograph(32, 48, 1), 0), new(Pictures.Photograph(32, 48, 2), 1)];
        AugmentedImages anew = new(images, All, seed: 1);
        Assert.True(anew.AreDrawnAnew);
        Assert.Equal([0, 0, 0, 0, 0, 1, 1, 1, 1, 1], Enumerable.Range(0, anew.Count).Select(anew.Label));
        HashSet<string> seen = [];
        for (int epoch = 1; epoch <= 4; epoch++)
            for (int index = 0; index < 5; index++)
                seen.Add(Convert.ToHexString(anew.Image(index, epoch).Pixels));
        Assert.InRange(seen.Count, 17, 20);
    }

    [Fact]
    public void What_is_drawn_depends_on_seed_epoch_and_sample_alone()
    {
        LabeledImage[] images = [.. Enumerable.Range(1, 4).Select(number => new LabeledImage(Pictures.Photograph(32, 32, number), 0))];
        AugmentedImages one = new(images, All, seed: 3), same = new(images, All, seed: 3), other = new(images, All, seed: 4);
        string forward = string.Concat(Enumerable.Range(0, one.Count).Select(index => Convert.ToHexString(one.Image(index, 2).Pixels)));
        _ = same.Image(7, 9);
        Assert.Equal(forward, string.Concat(Enumerable.Range(0, one.Count).Select(index => Convert.ToHexString(same.Image(index, 2).Pixels))));
        Assert.NotEqual(forward, string.Concat(Enumerable.Range(0, one.Count).Select(index => Convert.ToHexString(other.Image(index, 2).Pixels))));
    }

    [Fact]
    public void Changes_come_as_often_and_go_as_far_as_they_are_said_to()
    {
        Image dot = new(33, 33);
        dot.Row(16).Slice(3 * 10, 3).Fill(100);
        AugmentedImages images = new([new(dot, 0)], All, seed: 5);
        int right = 0, bright = 0, draws = 0;
        for (int epoch = 1; epoch <= 400; epoch++)
            for (int index = 0; index < 5; index++, draws++)
            {
                Image drawn = images.Image(index, epoch);
                int largest = 0, place = 0;
                for (int pixel = 0; pixel < 33 * 33; pixel++)
                    if (drawn.Pixels[3 * pixel] > largest)
                        (largest, place) = (drawn.Pixels[3 * pixel], pixel);
                int x = place % 33;
                // From column 10, or from 22 where flipped, by at most two pixels.
                Assert.True(x is (>= 8 and <= 12) or (>= 20 and <= 24), $"column {x}");
                Assert.InRange(place / 33, 14, 18);
                Assert.InRange(largest, 100, 180);
                right += x > 16 ? 1 : 0;
                bright += largest > 100 ? 1 : 0;
            }
        Assert.InRange(right / (double)draws, 0.45, 0.55);
        Assert.InRange(bright / (double)draws, 0.35, 0.45);
    }

    [Theory]
    [InlineData(ImageAugmentations.Crop)]
    [InlineData(ImageAugmentations.Rotation)]
    [InlineData(ImageAugmentations.Contrast)]
    [InlineData(ImageAugmentations.ColorJitter)]
    [InlineData(ImageAugmentations.Cutout)]
    public void Other_changes_come_every_second_time_each_of_another_strength(ImageAugmentations kind)
    {
        Image photograph = Pictures.Photograph(32, 32, 1);
        AugmentedImages images = new([new(photograph, 0)], kind | ImageAugmentations.Anew, seed: 1);
        string plain = Convert.ToHexString(photograph.Pixels);
        List<string> changed = [];
        for (int epoch = 1; epoch <= 80; epoch++)
            for (int index = 0; index < 5; index++)
                if (Convert.ToHexString(images.Image(index, epoch).Pixels) is string drawn && drawn != plain)
                    changed.Add(drawn);
        Assert.InRange(changed.Count, 160, 240);
        Assert.InRange(changed.Distinct().Count(), changed.Count / 3, changed.Count);
        if (kind == ImageAugmentations.Cutout)
            Assert.All(changed, drawn => Assert.Contains(string.Concat(Enumerable.Repeat("808080", 10)), drawn));
    }

    [Theory]
    [InlineData("none", "none")]
    [InlineData("paper", "hflip,vflip,brightness")]
    [InlineData("standard", "hflip,vflip,brightness,shift,anew")]
    [InlineData("strong", "hflip,vflip,brightness,shift,crop,rotate,contrast,jitter,cutout,anew")]
    [InlineData("anew,cutout,hflip", "hflip,cutout,anew")]
    public void Sets_have_names(string words, string all) => Assert.Equal(all, RecipeNames.Of(RecipeNames.Augmentation(words)));

    [Fact]
    public void A_change_is_the_same_whichever_others_are_drawn_beside_it()
    {
        LabeledImage[] images = [new(Pictures.Photograph(32, 32, 1), 0)];
        AugmentedImages cut = new(images, ImageAugmentations.Cutout | ImageAugmentations.Anew, seed: 1);
        AugmentedImages both = new(images, ImageAugmentations.Cutout | ImageAugmentations.Contrast | ImageAugmentations.Anew, seed: 1);
        for (int epoch = 1; epoch <= 20; epoch++)
            Assert.Equal(GrayOf(cut.Image(0, epoch)), GrayOf(both.Image(0, epoch)));

        static IEnumerable<int> GrayOf(Image image)
        {
            string rows = Convert.ToHexString(image.Pixels), square = string.Concat(Enumerable.Repeat("808080", 10));
            return Enumerable.Range(0, 32).Select(row => rows.Substring(row * 32 * 6, 32 * 6).IndexOf(square, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Only_what_is_named_is_changed()
    {
        LabeledImage[] images = [new(Pictures.Photograph(32, 32, 1), 0)];
        AugmentedImages none = new(images, ImageAugmentations.Anew, seed: 1), flips = new(images, ImageAugmentations.Anew | ImageAugmentations.HorizontalFlip, seed: 1);
        string plain = Convert.ToHexString(images[0].Image.Pixels), flipped = Convert.ToHexString(Augmentation.FlipHorizontal(images[0].Image).Pixels);
        for (int epoch = 1; epoch <= 20; epoch++)
        {
            Assert.Equal(plain, Convert.ToHexString(none.Image(0, epoch).Pixels));
            Assert.Contains(Convert.ToHexString(flips.Image(0, epoch).Pixels), (string[])[plain, flipped]);
        }
    }
}
