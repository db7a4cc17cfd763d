using ImageSig.Imaging;
using ImageSig.NN;
using ImageSig.Tensors;
using ImageSig.Tests.Support;

namespace ImageSig.Tests.Pipeline;

public class ImageClassifierTests
{
    private static readonly TrainingRecipe Quick = TrainingRecipe.Named("default", "conv").WithTraining(options => options with { Epochs = 4, BatchSize = 8, Threads = 2 }) with
    {
        Features = new() { Width = 20, Height = 20, Depth = 2, TwoDirection = true, Basepoint = true, Standardize = true },
    };

    [Fact]
    public async Task It_learns_saves_loads_and_predicts_the_same()
    {
        using TemporaryFolder folder = new();
        SyntheticPhotos.Write(folder["photos"], perClass: 20);
        SyntheticPhotos.Write(folder["others"], perClass: 10, seed: 2);
        TrainingOutcome outcome = await ImageClassifier.TrainAsync(folder["photos"], Quick);
        ImageClassifier trained = outcome.Classifier;
        trained.Save(folder["model.safetensors"]);
        ImageClassifier loaded = ImageClassifier.Load(folder["model.safetensors"]);

        Evaluation evaluation = loaded.Evaluate(folder["others"]);
        Assert.Equal(1, evaluation.Confusion.Accuracy);
        string picture = Directory.GetFiles(folder["others/dark"])[0];
        Prediction before = trained.Predict(picture), after = loaded.Predict(picture);
        Assert.Equal("dark", after.Label);
        Assert.Equal(before.Probabilities, after.Probabilities);
        Assert.Equal(1, after.Probabilities.Sum(entry => entry.Probability), 1e-5);
        Assert.Equal(after.Confidence, after.Probabilities.Max(entry => entry.Probability));
        Assert.Equal([18, 18], loaded.Training.TrainingImages);
        Assert.Equal([2, 2], loaded.Training.ValidationImages);
        Assert.Equal(4, outcome.Validation!.Confusion.Count);
    }

    [Fact]
    public async Task The_same_run_gives_the_same_bytes_for_any_number_of_threads_and_any_feature_memory()
    {
        using TemporaryFolder folder = new();
        SyntheticPhotos.Write(folder["photos"], perClass: 10);
        byte[][] files = await Task.WhenAll(
            Bytes("a", Quick), Bytes("b", Quick), Bytes("c", Quick.WithTraining(options => options with { Threads = 1 })), Bytes("d", Quick.WithTraining(options => options with { Threads = 3 }) with { FeatureMemory = 0 }));
        Assert.All(files, file => Assert.Equal(files[0], file));
        Assert.NotEqual(files[0], await Bytes("e", Quick.WithTraining(options => options with { Seed = 2 })));

        async Task<byte[]> Bytes(string name, TrainingRecipe recipe)
        {
            (await ImageClassifier.TrainAsync(folder["photos"], recipe)).Classifier.Save(folder[name]);
            return await File.ReadAllBytesAsync(folder[name]);
        }
    }

    [Fact]
    public async Task Predicting_from_many_threads_gives_what_one_thread_gives()
    {
        using TemporaryFolder folder = new();
        SyntheticPhotos.Write(folder["photos"], perClass: 8);
        ImageClassifier classifier = (await ImageClassifier.TrainAsync(folder["photos"], Quick.WithTraining(options => options with { Epochs = 1 }))).Classifier;
        Image[] pictures = [.. Enumerable.Range(0, 64).Select(seed => SyntheticPhotos.Picture(new Random(seed), seed))];
        float[] alone = [.. pictures.Select(picture => classifier.Predict(picture).Confidence)];
        float[] together = new float[pictures.Length];
        Parallel.For(0, pictures.Length, index => together[index] = classifier.Predict(pictures[index]).Confidence);
        Assert.Equal(alone, together);
    }

    [Theory]
    [InlineData("attention")]
    [InlineData("grid")]
    [InlineData("cnn")]
    [InlineData("vit")]
    public async Task Every_model_trains_saves_loads_and_predicts_the_same(string model)
    {
        using TemporaryFolder folder = new();
        SyntheticPhotos.Write(folder["photos"], perClass: 6);
        TrainingRecipe recipe = TrainingRecipe.Named("default", model);
        recipe = recipe.WithTraining(options => options with { Epochs = 2, BatchSize = 8 }) with { Features = recipe.Features with { Width = 24, Height = 24 } };
        ImageClassifier trained = (await ImageClassifier.TrainAsync(folder["photos"], recipe)).Classifier;
        trained.Save(folder["model.safetensors"]);
        Image picture = SyntheticPhotos.Picture(new Random(8), 20);
        Assert.Equal(trained.Predict(picture).Probabilities, ImageClassifier.Load(folder["model.safetensors"]).Predict(picture).Probabilities);
    }

    [Fact]
    public async Task Unreadable_files_are_listed_and_the_rest_is_used()
    {
        using TemporaryFolder folder = new();
        SyntheticPhotos.Write(folder["photos"], perClass: 6);
        File.WriteAllText(folder["photos/dark/notes.jpg"], "not a picture");
        File.WriteAllBytes(folder["photos/bright/cut.png"], File.ReadAllBytes(Directory.GetFiles(folder["photos/bright"])[0])[..100]);
        TrainingOutcome outcome = await ImageClassifier.TrainAsync(folder["photos"], Quick.WithTraining(options => options with { Epochs = 1 }));
        Assert.Equal(["cut.png", "notes.jpg"], outcome.Unreadable.Select(image => Path.GetFileName(image.Path)));
        Assert.Equal(2, outcome.Classifier.Training.UnreadableImages);
        Assert.All(outcome.Unreadable, image => Assert.DoesNotContain(folder.Path, image.Reason, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_class_without_a_readable_image_ends_the_training()
    {
        using TemporaryFolder folder = new();
        SyntheticPhotos.Write(folder["photos"], perClass: 2);
        Directory.CreateDirectory(folder["photos/text"]);
        File.WriteAllText(folder["photos/text/a.jpg"], "not a picture");
        DatasetException refusal = await Assert.ThrowsAsync<DatasetException>(() => ImageClassifier.TrainAsync(folder["photos"], Quick));
        Assert.StartsWith(folder["photos/text"] + ": no image of this class can be read", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_class_the_model_does_not_know_cannot_be_evaluated()
    {
        using TemporaryFolder folder = new();
        SyntheticPhotos.Write(folder["photos"], perClass: 3);
        ImageClassifier classifier = (await ImageClassifier.TrainAsync(folder["photos"], Quick.WithTraining(options => options with { Epochs = 1 }))).Classifier;
        Directory.Move(folder["photos/dark"], folder["photos/dusk"]);
        Assert.Contains("does not know the class 'dusk'", Assert.Throws<DatasetException>(() => classifier.Evaluate(folder["photos"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Canceling_ends_the_training()
    {
        using TemporaryFolder folder = new();
        SyntheticPhotos.Write(folder["photos"], perClass: 6);
        using CancellationTokenSource source = new();
        CancelAt cancel = new(PipelineStage.Train, source);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ImageClassifier.TrainAsync(folder["photos"], Quick.WithTraining(options => options with { Epochs = 1_000_000 }), cancel, cancellationToken: source.Token));
    }

    [Fact]
    public async Task A_run_that_was_interrupted_goes_on_to_the_same_bytes()
    {
        using TemporaryFolder folder = new();
        SyntheticPhotos.Write(folder["photos"], perClass: 10);
        TrainingRecipe recipe = Quick.WithTraining(options => options with { Epochs = 10, Threads = 1 });
        (await ImageClassifier.TrainAsync(folder["photos"], recipe)).Classifier.Save(folder["whole"]);

        using CancellationTokenSource source = new();
        CheckpointOptions checkpoint = new(folder["checkpoint"], Resume: true);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => ImageClassifier.TrainAsync(folder["photos"], recipe, new AfterEpoch(5, source), checkpoint, source.Token));
        Assert.True(File.Exists(folder["checkpoint"]));
        await AssertRefused("it belongs to a training with other settings: training.seed was 1, is 2", recipe.WithTraining(options => options with { Seed = 2 }));
        await AssertRefused(
            "other settings: preprocessing.depth was 2, is 3; training.warmUp was 0, is 0.5",
            recipe.WithTraining(options => options with { WarmUp = 0.5f }) with { Features = recipe.Features with { Depth = 3 } });
        await AssertRefused("epochs are done, 1 were asked for", recipe.WithTraining(options => options with { Epochs = 1 }));
        string[] photos = [folder["photos/bright/003.png"], folder["photos/dark/005.png"]];
        byte[][] content = [.. photos.Select(File.ReadAllBytes)];
        foreach (string photo in photos)
            File.WriteAllText(photo, "");
        await AssertRefused($"(it belongs to a training with 20 images, and 18 can be read now; mend {photos[0]} (the file is empty, or no ordinary file) and 1 more to go on)", recipe);
        File.WriteAllBytes(photos[0], content[0]);
        await AssertRefused($"20 images, and 19 can be read now; mend {photos[1]} (the file is empty, or no ordinary file) to go on)", recipe);
        File.WriteAllBytes(photos[1], content[0]);
        await AssertRefused("(it belongs to a training with other images)", recipe);
        File.WriteAllBytes(photos[1], content[1]);

        TrainingOutcome resumed = await ImageClassifier.TrainAsync(folder["photos"], recipe, checkpoint: checkpoint);
        resumed.Classifier.Save(folder["resumed"]);
        Assert.Equal(File.ReadAllBytes(folder["whole"]), File.ReadAllBytes(folder["resumed"]));
        Assert.True(File.Exists(folder["checkpoint"]), "saving a model deletes nothing");
        resumed.DeleteCheckpoint();
        Assert.False(File.Exists(folder["checkpoint"]));

        async Task AssertRefused(string reason, TrainingRecipe other) => Assert.Contains(
            reason,
            (await Assert.ThrowsAsync<ModelFileException>(() => ImageClassifier.TrainAsync(folder["photos"], other, checkpoint: checkpoint))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_that_was_interrupted_can_go_on_for_more_epochs_on_other_threads()
    {
        using TemporaryFolder folder = new();
        SyntheticPhotos.Write(folder["photos"], perClass: 10);
        using CancellationTokenSource source = new();
        CheckpointOptions checkpoint = new(folder["checkpoint"], Resume: true);
        TrainingRecipe recipe = Quick.WithTraining(options => options with { Epochs = 10 });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => ImageClassifier.TrainAsync(folder["photos"], recipe, new AfterEpoch(5, source), checkpoint, source.Token));
        TrainingOutcome longer = await ImageClassifier.TrainAsync(
            folder["photos"], recipe.WithTraining(options => options with { Epochs = 12, Threads = 1, MemoryLimit = 900_000_000 }), checkpoint: checkpoint);
        Assert.Equal(12, longer.Classifier.Training.Epochs);
    }

    [Fact]
    public void A_model_whose_weights_give_no_number_says_so_in_every_way_of_asking()
    {
        using TemporaryFolder folder = new();
        SyntheticPhotos.Write(folder["photos"], perClass: 2);
        string[] files = Directory.GetFiles(folder["photos/dark"]);
        Directory.CreateDirectory(folder["labeled/one"]);
        File.Copy(files[0], folder["labeled/one/a.png"]);
        Image picture = Image.Load(files[0]);
        ImageClassifier damaged = UntrainedModel.Of(new FcSpec(), Quick.Features with { Standardize = false });
        foreach (Parameter parameter in damaged.Model.Parameters)
            parameter.Value.Span.Fill(1e38f);
        ClassifierSet set = new([damaged]);
        foreach (Func<object> ask in (Func<object>[])
            [
                () => damaged.Predict(files[0]), () => damaged.Predict(File.ReadAllBytes(files[0])), () => damaged.Predict(picture), () => damaged.Predict(files),
                () => damaged.Predict([picture, picture]), () => set.Predict(files[0]), () => set.Predict(picture), () => damaged.Evaluate(folder["labeled"]),
            ])
            Assert.StartsWith("the model's answer for this image is not a number", Assert.Throws<ModelFileException>(ask).Message, StringComparison.Ordinal);
    }

    private sealed class AfterEpoch(int epoch, CancellationTokenSource source) : IProgress<PipelineProgress>
    {
        public void Report(PipelineProgress value)
        {
            if (value.Epoch?.Number == epoch)
                source.Cancel();
        }
    }

    private sealed class CancelAt(PipelineStage stage, CancellationTokenSource source) : IProgress<PipelineProgress>
    {
        public void Report(PipelineProgress value)
        {
            if (value.Stage == stage)
                source.Cancel();
        }
    }
}
