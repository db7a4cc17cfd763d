using ImageSig.Imaging;
using ImageSig.Tests.Support;

namespace ImageSig.Tests.Pipeline;

public sealed class ClassifierSetTests : IDisposable
{
    private static readonly FeatureOptions Rows = new() { Width = 20, Height = 20, Depth = 2 };
    private readonly TemporaryFolder folder = new();
    private readonly ImageClassifier[] classifiers;

    public ClassifierSetTests()
    {
        SyntheticPhotos.Write(folder["photos"], perClass: 6);
        TrainingRecipe quick = TrainingRecipe.Named("default", "fc").WithTraining(options => options with { Epochs = 2, BatchSize = 8, Threads = 2 });
        FeatureOptions[] all =
        [
            Rows, Rows with { Standardize = true }, Rows with { Depth = 3 }, Rows with { Fit = ImageFit.Crop, ScaledDecoding = true }, Rows with { Width = 24 },
        ];
        classifiers = [.. all.Select(features => ImageClassifier.Train(folder["photos"], quick with { Features = features }).Classifier)];
        File.WriteAllBytes(folder["large.jpg"], Picture().EncodeJpeg());
    }

    [Fact]
    public void Each_model_says_what_it_says_alone()
    {
        ClassifierSet set = new(classifiers);
        byte[] file = File.ReadAllBytes(folder["large.jpg"]);
        Prediction[] alone = [.. classifiers.Select(classifier => classifier.Predict(folder["large.jpg"]))];
        Assert.Equal(alone, set.Predict(folder["large.jpg"]));
        Assert.Equal(alone, set.Predict(file));
        Image image = Image.Decode(file);
        Assert.Equal(classifiers.Select(classifier => classifier.Predict(image)), set.Predict(image));
        Assert.True(alone.Distinct().Count() > 1, "models that all say the same would show nothing");
    }

    [Fact]
    public void It_loads_models_and_refuses_to_be_empty()
    {
        classifiers[0].Save(folder["a"]);
        classifiers[1].Save(folder["b"]);
        ClassifierSet set = ClassifierSet.Load(folder["a"], folder["b"]);
        Assert.Equal(classifiers.Take(2).Select(classifier => classifier.Predict(folder["large.jpg"])), set.Predict(folder["large.jpg"]));
        Assert.Throws<ArgumentException>("classifiers", () => new ClassifierSet([]));
    }

    [Fact]
    public void A_path_to_no_file_of_pictures_is_refused_before_the_first_is_asked_for()
    {
        ClassifierSet set = new(classifiers);
        Assert.Throws<ArgumentNullException>("path", () => set.PredictFrames(null!));
        Assert.Throws<FileNotFoundException>(() => set.PredictFrames(folder["none"]));
        Assert.Throws<ImageFormatException>(() => set.PredictFrames(folder["photos"]));
        // Such as a pipe, whose opening would wait for a writer.
        File.WriteAllBytes(folder["empty"], []);
        Assert.Throws<ImageFormatException>(() => set.PredictFrames(folder["empty"]));
        Assert.Equal(set.Predict(folder["large.jpg"]), Assert.Single(set.PredictFrames(folder["large.jpg"])).Predictions);
    }

    [Fact]
    public void Bytes_streams_and_batches_are_answered_as_files_are()
    {
        foreach (ImageClassifier classifier in classifiers)
        {
            Prediction expected = classifier.Predict(folder["large.jpg"]);
            Assert.Equal(expected, classifier.Predict(File.ReadAllBytes(folder["large.jpg"])));
            using FileStream stream = File.OpenRead(folder["large.jpg"]);
            Assert.Equal(expected, classifier.Predict(stream));
            Assert.Equal([expected, expected], classifier.Predict([folder["large.jpg"], folder["large.jpg"]]));
            Image image = Image.Decode(File.ReadAllBytes(folder["large.jpg"]), classifier.Features.ToDecodeOptions());
            Assert.Equal([expected], classifier.Predict([image]));
        }
    }

    [Fact]
    public void A_raw_buffer_is_answered_as_a_file_of_its_pixels_is()
    {
        Image picture = Picture();
        picture.SavePng(folder["frame.png"]);
        PixelLayout layout = new(PixelFormat.Rgb24, picture.Width, picture.Height);
        foreach (ImageClassifier classifier in classifiers)
            Assert.Equal(classifier.Predict(folder["frame.png"]), classifier.Predict(picture.Pixels, layout));
        ClassifierSet set = new(classifiers);
        Assert.Equal(set.Predict(folder["frame.png"]), set.Predict(picture.Pixels, layout));
    }

    [Fact]
    public async Task Every_call_has_a_twin_that_does_not_block()
    {
        ImageClassifier classifier = classifiers[0];
        Assert.Equal(classifier.Predict(folder["large.jpg"]), await classifier.PredictAsync(folder["large.jpg"]));
        Assert.Equal(classifier.Predict([folder["large.jpg"]]), await classifier.PredictAsync([folder["large.jpg"]]));
        Assert.Equal(
            classifier.Evaluate(folder["photos"]).Confusion.Accuracy, (await classifier.EvaluateAsync(folder["photos"])).Confusion.Accuracy);
    }

    [Fact]
    public void A_file_of_a_batch_that_is_no_image_is_named()
    {
        File.WriteAllText(folder["text.jpg"], "hello");
        ImageFormatException refusal = Assert.Throws<ImageFormatException>(() => classifiers[0].Predict([folder["large.jpg"], folder["text.jpg"]]));
        Assert.StartsWith(folder["text.jpg"], refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_missing_is_the_same_exception_everywhere()
    {
        string gone = folder["gone"];
        Assert.Equal($"{gone}: no such file.", Assert.Throws<FileNotFoundException>(() => classifiers[0].Predict(gone)).Message);
        Assert.Throws<FileNotFoundException>(() => classifiers[0].Predict([gone]));
        Assert.Throws<FileNotFoundException>(() => new ClassifierSet(classifiers).Predict(gone));
        Assert.Throws<FileNotFoundException>(() => Image.Load(gone));
        Assert.StartsWith($"{gone}: no such file; give a model", Assert.Throws<FileNotFoundException>(() => ImageClassifier.Load(gone)).Message, StringComparison.Ordinal);
        Assert.Equal("no such file.", ImageReader.Reason(Assert.Throws<FileNotFoundException>(() => ImageReader.Read(gone, Rows))));
    }

    [Fact]
    public void A_model_goes_through_a_stream_with_the_bytes_of_its_file()
    {
        classifiers[0].Save(folder["m"]);
        using MemoryStream stream = new();
        classifiers[0].Save(stream);
        Assert.Equal(File.ReadAllBytes(folder["m"]), stream.ToArray());
        stream.Position = 0;
        Assert.Equal(classifiers[0].Predict(folder["large.jpg"]), ImageClassifier.Load(stream).Predict(folder["large.jpg"]));
        Assert.Throws<ModelFileException>(() => ImageClassifier.Load(new MemoryStream([1, 2, 3])));
    }

    [Fact]
    public void Predictions_are_equal_by_label_and_probabilities_and_read_well()
    {
        ClassProbability[] both = [new("fire", 0.75f), new("smoke", 0.25f)];
        Prediction one = new("fire", 0.75f, both, default) { LabelIndex = 0 };
        Prediction same = new("fire", 0.75f, [.. both], new PredictionTimes(TimeSpan.FromSeconds(1), default, default)) { LabelIndex = 0 };
        Assert.Equal(one, same);
        Assert.Equal(one.GetHashCode(), same.GetHashCode());
        Assert.NotEqual(one, same with { Probabilities = [new("fire", 0.7f), new("smoke", 0.3f)] });
        Assert.Equal(("fire 75.0 %", "smoke 25.0 %"), (one.ToString(), both[1].ToString()));
        Assert.Equal("fc for bright, dark", classifiers[0].ToString());
    }

    public void Dispose() => folder.Dispose();

    private static Image Picture()
    {
        Image picture = new(200, 120);
        for (int i = 0; i < picture.Pixels.Length; i++)
            picture.Pixels[i] = (byte)(i * 7 / 3 % 251);
        return picture;
    }
}
