using ImageSig.Imaging;
using ImageSig.Tests.Support;

namespace ImageSig.Tests.Pipeline;

public class ImageSetTests
{
    private static readonly TrainingRecipe Quick = TrainingRecipe.Named("default", "conv").WithTraining(options => options with { Epochs = 8, BatchSize = 8, Threads = 2 }) with
    {
        Features = new() { Width = 20, Height = 20, Depth = 2, Basepoint = true, Standardize = true },
        Augmentations = ImageAugmentations.None,
    };

    [Fact]
    public async Task A_kind_that_is_registered_from_outside_trains_evaluates_and_is_exported()
    {
        using TemporaryFolder folder = new();
        ToyImageSet.Kind.Register();
        Assert.Equal("folder", ImageSetKinds.Names[^1]);
        Assert.Contains("toy", ImageSetKinds.Names);
        Write(folder["photos.toy"], [.. Lines(20), "dark unknown"]);
        Write(folder["others.toy"], [.. Lines(5)]);

        TrainingOutcome outcome = await ImageClassifier.TrainAsync(folder["photos.toy"], Quick);
        Assert.Equal([$"{folder["photos.toy"]}, line 41"], outcome.Unreadable.Select(image => image.Path));
        Assert.Equal(["bright", "dark"], outcome.Classifier.Classes);
        Assert.Equal(1, outcome.Classifier.Evaluate(folder["others.toy"]).Confusion.Accuracy);

        FeatureExtractor extractor = new(outcome.Classifier.Features);
        ExportedFeatures exported = FeatureExport.Write(ImageSet.Open(folder["photos.toy"]), extractor, folder["f.npy"], folder["l.npy"], threads: 2);
        Assert.Equal((40, 1), (exported.Written, exported.Unreadable.Count));
    }

    [Fact]
    public void A_kind_is_registered_once()
    {
        ToyImageSet.Kind.Register();
        Assert.Contains("'toy' is registered already", Assert.Throws<ArgumentException>(() => ImageSetKinds.Register(new ToyImageSet.Kind())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_no_kind_recognizes_is_refused_as_no_folder()
    {
        using TemporaryFolder folder = new();
        Assert.Contains("no such folder", Assert.Throws<DatasetException>(() => ImageSet.Open(folder["gone"])).Message, StringComparison.Ordinal);
        Assert.IsType<ImageFolder>(ImageSet.Open(SplitsOf(folder, "photos", "fire", "smoke")));
    }

    [Fact]
    public async Task Sets_that_cannot_be_trained_on_are_refused_in_one_line()
    {
        using TemporaryFolder folder = new();
        Write(folder["one.toy"], ["dark 20", "dark 30"]);
        Write(folder["blind.toy"], [.. Lines(3), "fog unknown"]);
        Assert.Contains("only one class ('dark') found", (await Refusal(new ToyImageSet(folder["one.toy"]))).Message, StringComparison.Ordinal);
        Assert.Contains("class 'fog': no image of this class can be read", (await Refusal(new ToyImageSet(folder["blind.toy"]))).Message, StringComparison.Ordinal);
        Assert.Contains("one class for each image was expected", Assert.Throws<DatasetException>(() => new Questions().ToClasses()).Message, StringComparison.Ordinal);

        static Task<DatasetException> Refusal(ImageSet set) => Assert.ThrowsAsync<DatasetException>(() => ImageClassifier.TrainAsync(set, Quick));
    }

    [Fact]
    public void A_damaged_picture_is_refused_whatever_the_kind_says_of_it()
    {
        DamagedSet set = new();
        ImageFormatException refusal = Assert.Throws<ImageFormatException>(() => set.Read(0, new FeatureOptions()));
        Assert.StartsWith("picture 0: ", refusal.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => set.Read(1, new FeatureOptions()));
    }

    [Fact]
    public void Targets_that_contradict_themselves_are_refused()
    {
        Assert.Throws<ArgumentException>("classes", () => new ClassTargets(["a", "a"], [0]));
        Assert.Throws<ArgumentException>("labels", () => new ClassTargets(["a", "b"], [0, 2]));
        Assert.Throws<ArgumentException>("questions", () => new AnswerTargets(["a", "a"], []));
        Assert.Throws<ArgumentException>("answers", () => new AnswerTargets(["a", "b"], [[true]]));
        Assert.Equal((1, 2), (new AnswerTargets(["a", "b"], [[true, null]]).Count, new AnswerTargets(["a", "b"], []).Names.Count));
    }

    [Fact]
    public async Task Training_on_a_folder_of_splits_validates_on_the_images_kept_for_that()
    {
        using TemporaryFolder folder = new();
        SyntheticPhotos.Write(folder["photos/train"], perClass: 10);
        SyntheticPhotos.Write(folder["photos/val"], perClass: 3, seed: 2);
        SyntheticPhotos.Write(folder["photos/test"], perClass: 2, seed: 3);
        ImageSplits splits = ImageSplits.Open(folder["photos"]);
        Assert.True(splits.AreSplits);
        Assert.Equal((20, 6, 4), (splits.Training.Count, splits.Validation!.Count, splits.Test!.Count));
        TrainingOutcome outcome = await ImageClassifier.TrainAsync(folder["photos"], Quick);
        Assert.Equal([10, 10], outcome.Classifier.Training.TrainingImages);
        Assert.Equal([3, 3], outcome.Classifier.Training.ValidationImages);
        Assert.Equal(6, outcome.Validation!.Confusion.Count);
    }

    [Theory]
    [InlineData("train/fire train/smoke test/fire", true)]
    [InlineData("train/fire train/smoke val/fire test/smoke", true)]
    [InlineData("Training/fire Training/smoke Validation/fire", true)]
    [InlineData("train/fire train/smoke", false)]
    [InlineData("train/fire train/smoke val/fire other/fire", false)]
    [InlineData("train val", false)]
    [InlineData("val/fire test/smoke", false)]
    public void Splits_are_told_from_classes(string folders, bool expected)
    {
        using TemporaryFolder folder = new();
        string photos = SplitsOf(folder, "photos", folders.Split(' '));
        if (folders == "train/fire train/smoke")
            Assert.Contains("only one class", Assert.Throws<DatasetException>(() => ImageSplits.Open(photos)).Message, StringComparison.Ordinal);
        else
            Assert.Equal(expected, ImageSplits.Open(photos).AreSplits);
    }

    [Fact]
    public void A_split_with_a_class_that_is_not_trained_is_refused()
    {
        using TemporaryFolder folder = new();
        string photos = SplitsOf(folder, "photos", "train/fire", "train/smoke", "val/fog");
        Assert.Contains("has no class 'fog'", Assert.Throws<DatasetException>(() => ImageSplits.Open(photos)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_picture_under_two_labels_and_on_both_sides_is_found()
    {
        using TemporaryFolder folder = new();
        SyntheticPhotos.Write(folder["photos"], perClass: 6);
        SyntheticPhotos.Write(folder["others"], perClass: 3, seed: 2);
        TrainingRecipe whole = Quick.WithTraining(options => options with { Epochs = 1 }) with { Validation = 0 };
        TrainingOutcome clean = await ImageClassifier.TrainAsync(folder["photos"], whole);
        Assert.Null(clean.UnderTwoLabels);
        Assert.Null(clean.SeenInTraining(clean.Classifier.Evaluate(folder["others"])));
        Assert.Equal(12, clean.SeenInTraining(clean.Classifier.Evaluate(folder["photos"]))!.Count);

        File.Copy(folder["photos/dark/001.png"], folder["others/dark/copy.png"]);
        File.Copy(folder["photos/dark/002.png"], folder["photos/bright/copy.png"]);
        TrainingOutcome twins = await ImageClassifier.TrainAsync(folder["photos"], whole);
        Assert.Equal(new SamePictures(1, folder["photos/bright/copy.png"], folder["photos/dark/002.png"]), twins.UnderTwoLabels);
        Assert.Equal(
            new SamePictures(1, folder["others/dark/copy.png"], folder["photos/dark/001.png"]), twins.SeenInTraining(twins.Classifier.Evaluate(folder["others"])));
    }

    private static IEnumerable<string> Lines(int perClass) => Enumerable.Range(0, perClass).SelectMany(_ => (string[])["dark 20", "bright 150"]);

    private static void Write(string path, IEnumerable<string> lines) => File.WriteAllLines(path, lines);

    private static string SplitsOf(TemporaryFolder folder, string name, params string[] folders)
    {
        foreach (string below in folders)
        {
            Directory.CreateDirectory(Path.Combine(folder[name], below));
            File.WriteAllText(Path.Combine(folder[name], below, "a.jpg"), "");
        }
        return folder[name];
    }

    private sealed class Questions : ImageSet
    {
        public override string Name => "faces";

        public override Targets Targets { get; } = new AnswerTargets(["smiles", "wears a hat"], [[true, null], [false, true]]);

        public override string NameOf(int index) => $"face {index}";

        protected override Image Decode(int index, DecodeOptions options) => new(8, 8);
    }

    private sealed class DamagedSet : ImageSet
    {
        private static readonly byte[] Cut = CutJpeg();

        public override string Name => "cut";

        public override Targets Targets { get; } = new ClassTargets(["a"], [0]);

        public override string NameOf(int index) => $"picture {index}";

        protected override Image Decode(int index, DecodeOptions options) => Image.Decode(Cut, options with { Strict = false });

        private static byte[] CutJpeg()
        {
            byte[] file = SyntheticPhotos.Picture(new Random(1), 100).EncodeJpeg();
            return file[..(file.Length / 2)];
        }
    }
}
