using ImageSig.Imaging;
using ImageSig.NN;
using ImageSig.Sweeping;
using ImageSig.Tensors;
using ImageSig.Tests.Cli;
using ImageSig.Tests.Support;

namespace ImageSig.Tests.Pipeline;

/// <summary>Pictures and features are in memory, on the disk or made anew; the bits of a training do not tell.</summary>
public class TrainingMemoryTests
{
    private static readonly FeatureExtractor Size = new(new() { Input = ModelInput.Pixels, Width = 16, Height = 16 });

    private static readonly TrainingRecipe Conv = TrainingRecipe.Named(TrainingRecipe.Default, ModelKinds.Conv) with
    {
        Features = new() { Width = 20, Height = 20, Depth = 2, TwoDirection = true, Standardize = true },
        Validation = 0.2,
        Training = TrainingRecipe.Named().Training with { Epochs = 2, BatchSize = 8, Threads = 2 },
    };

    [Theory]
    [InlineData(0)]
    [InlineData(3000)]
    [InlineData(1_000_000)]
    public void Pictures_beyond_the_memory_are_read_from_the_disk(long memory)
    {
        using TemporaryFolder folder = new();
        SyntheticPhotos.Write(folder["photos"], perClass: 5);
        ImageFolder set = ImageFolder.Open(folder["photos"]);
        byte[][] expected = [.. Enumerable.Range(0, set.Count).Select(i => Size.Fit(set.Read(i, Size.Options)).Pixels.ToArray())];
        LoadedImages loaded = LoadedImages.Load(set, Size, threads: 2, null, default, memory);
        Directory.Delete(folder["photos"], recursive: true);
        Assert.Equal(expected, loaded.Images.Select(image => image.Image.Pixels.ToArray()));
        Assert.Equal(set.Images.Select(image => image.Path), loaded.Images.Select(image => image.Name));
    }

    [Fact]
    public void Pictures_on_the_disk_are_given_back_and_read_from_their_set_afterwards()
    {
        using TemporaryFolder folder = new();
        SyntheticPhotos.Write(folder["photos"], perClass: 2);
        ImageFolder set = ImageFolder.Open(folder["photos"]);
        LoadedImages loaded = LoadedImages.Load(set, Size, threads: 2, null, default, memory: 0);
        byte[] expected = loaded.Images[1].Image.Pixels.ToArray();
        loaded.Dispose();
        Assert.Throws<ObjectDisposedException>(() => loaded.Images[1].Image);
        Assert.Equal(expected, loaded.Images[1].Unloaded().Image.Pixels.ToArray());
    }

    [LinuxFact]
    public void Whenever_a_training_is_ended_it_leaves_no_feature_file_open()
    {
        using TemporaryFolder folder = new();
        SyntheticPhotos.Write(folder["photos"], perClass: 5);
        foreach (PipelineStage stage in (PipelineStage[])[PipelineStage.Features, PipelineStage.Train])
        {
            using ImageCache cache = ImageCache.Open(folder["cache"]);
            using CancellationTokenSource stop = new();
            Told progress = new(value =>
            {
                if (value.Stage == stage)
                    stop.Cancel();
            });
            Assert.ThrowsAny<OperationCanceledException>(() => ImageClassifier.Train(cache.Over(ImageFolder.Open(folder["photos"])), Conv with { FeatureMemory = 1 }, progress: progress, cancellationToken: stop.Token));
        }
        Assert.DoesNotContain(Directory.GetFiles("/proc/self/fd"), file => new FileInfo(file).LinkTarget?.StartsWith(folder["cache"], StringComparison.Ordinal) == true);
    }

    [Fact]
    public void Measuring_and_telling_pictures_apart_end_when_they_are_told_to()
    {
        using CancellationTokenSource stop = new();
        int measured = 0;
        Assert.Throws<OperationCanceledException>(() => Standardization.Measure(
            1_000_000, 1, 1,
            (_, _) =>
            {
                Interlocked.Increment(ref measured);
                stop.Cancel();
            },
            threads: 2, stop.Token));
        Assert.InRange(measured, 1, 2);
        LabeledImage[] images = [new(new Image(1, 1), 0)];
        Assert.Throws<OperationCanceledException>(() => new PictureIndex(images, stop.Token));
        Assert.Throws<OperationCanceledException>(() => TrainingFingerprint.Of(Conv, ["a", "b"], images, cancellationToken: stop.Token));
    }

    [Fact]
    public void Features_in_memory_on_the_disk_and_made_anew_give_the_same_model()
    {
        using TemporaryFolder folder = new();
        SyntheticPhotos.Write(folder["photos"], perClass: 10);
        byte[] expected = Trained(Conv);
        // 1: nothing in memory, all on the disk. 0: on neither.
        foreach (long bytes in (long[])[0, 1, 40 * 12 * sizeof(float) * 9])
            Assert.Equal(expected, Trained(Conv with { FeatureMemory = bytes }));
        Assert.Equal(expected, Trained(Conv with { Memory = 10_000_000_000 }));

        byte[] Trained(TrainingRecipe recipe)
        {
            ImageClassifier.Train(folder["photos"], recipe).Classifier.Save(folder["m"]);
            return File.ReadAllBytes(folder["m"]);
        }
    }

    [Theory]
    [InlineData(CacheFloats.Single)]
    [InlineData(CacheFloats.Half)]
    public void Features_in_a_cold_a_warm_a_damaged_and_a_full_cache_give_the_same_model(CacheFloats floats)
    {
        using TemporaryFolder folder = new();
        SyntheticPhotos.Write(folder["photos"], perClass: 10);
        byte[] cold = Trained(folder["c"]);
        Assert.Equal(floats == CacheFloats.Single, cold.SequenceEqual(Trained(cache: null)));
        Assert.Equal(cold, Trained(folder["c"]));

        string data = Assert.Single(Directory.GetFiles(folder["c"], $"signatures-20x20-depth2-float{(int)floats}-*.data"));
        // 16 to train on, with 5 copies of each, and 4 that choose the epoch.
        Assert.Equal((16 * 5 + 4) * 40 * 12 * (int)floats / 8, new FileInfo(data).Length);
        byte[] bytes = File.ReadAllBytes(data);
        Array.Clear(bytes, 3000, 9000);
        File.WriteAllBytes(data, bytes[..^500]);
        Assert.Equal(cold, Trained(folder["c"]));

        // No file can be made of this name: nothing is kept.
        Directory.CreateDirectory(Path.Combine(folder["d"], $"{CacheContent.Features(Conv.Features, floats).FileName}.index"));
        Assert.Equal(cold, Trained(folder["d"]));

        byte[] Trained(string? cache)
        {
            using ImageCache? opened = cache is null ? null : ImageCache.Open(cache, floats);
            ImageSet set = ImageFolder.Open(folder["photos"]);
            ImageClassifier.Train(opened?.Over(set) ?? set, Conv).Classifier.Save(folder["m"]);
            return File.ReadAllBytes(folder["m"]);
        }
    }

    [Theory]
    [InlineData(CacheFloats.Single, 0)]
    [InlineData(CacheFloats.Half, 0)]
    [InlineData(CacheFloats.Single, 1_000_000)]
    public void Features_that_a_cache_does_not_take_are_made_once(CacheFloats floats, long memory)
    {
        using TemporaryFolder folder = new();
        SyntheticPhotos.Write(folder["photos"], perClass: 5);
        CountedImages set = new(ImageFolder.Open(folder["photos"]));
        using ImageCache cache = ImageCache.Open(folder["cache"], floats);
        // No file can be made of this name: nothing is kept.
        Directory.CreateDirectory(Path.Combine(folder["cache"], $"{CacheContent.Features(Conv.Features, floats).FileName}.index"));
        FeatureExtractor extractor = new(Conv.Features);
        // Pictures that are not kept: of each that features are made of, one is decoded.
        LoadedSet pictures = new(set, extractor, kept: null);
        LabeledImage[] images = [.. Enumerable.Range(0, set.Count).Select(i => new LabeledImage(pictures, i, 0, null))];
        using FeatureSource source = new(new AugmentedImages(images, ImageAugmentations.HorizontalFlip, seed: 1), extractor, memory, TemporaryEntries.Folder, cache);
        source.Fill(2, ProgressMeter.Of(PipelineStage.Features, source.Kept, null), default);
        Assert.NotNull(cache.Problem);
        Assert.Equal(2 * set.Count, set.Decoded);
        float[] first = new float[extractor.SampleLength], second = new float[extractor.SampleLength];
        for (int sample = 0; sample < source.Count; sample++)
        {
            source.CopyTo(sample, epoch: 1, first);
            source.CopyTo(sample, epoch: 2, second);
            Assert.Equal(first, second);
        }
        Assert.Equal(2 * set.Count, set.Decoded);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(0)]
    [InlineData(3000)]
    public void What_several_trainings_remember_is_within_the_memory_and_decoded_once(int? memory)
    {
        using TemporaryFolder folder = new();
        SyntheticPhotos.Write(folder["photos"], perClass: 5);
        CountedImages set = new(ImageFolder.Open(folder["photos"]));
        using RememberedImages images = new(set, memory);
        byte[][] first = [.. Enumerable.Range(0, set.Count).Select(i => images.Read(i, Size.Options).Pixels.ToArray())];
        // A training does not hold them once more.
        Assert.All(Enumerable.Range(0, set.Count), i => Assert.True(images.Keeps(i, Size.Options)));
        LoadedImages loaded = LoadedImages.Load(images, Size, threads: 2, null, default, memory: 1_000_000);
        Assert.Equal(first, loaded.Images.Select(image => image.Image.Pixels.ToArray()));
        Assert.Equal(set.Count, set.Decoded);
        Assert.Equal(memory / (16 * 16 * 3) ?? set.Count, LoadedImages.RoomFor(set.Count, Size.Options, memory).InMemory);
    }

    [Fact]
    public void Folds_keep_to_a_memory_limit_and_the_last_is_not_refused_what_the_first_was_given()
    {
        using TemporaryFolder folder = new();
        SyntheticPhotos.Write(folder["photos"], perClass: 10);
        CountedImages set = new(ImageFolder.Open(folder["photos"]));
        CrossValidation whole = CrossValidation.Run(set, Conv, folds: 3);
        Assert.Equal(set.Count, set.Decoded);
        // Far less than this process takes, with what other tests left.
        const long Before = 1_000_000;
        TrainingRecipe tight = Conv with { Memory = Before + 100_000_000 };
        CrossValidation limited = CrossValidation.Run(set, tight, folds: 3, new() { Before = Before });
        Assert.Equal(whole.Answers, limited.Answers);
        Assert.Equal(2 * set.Count, set.Decoded);
        Assert.Contains("the program itself takes 8", Assert.Throws<SettingException>(
            () => CrossValidation.Run(set, Conv with { Memory = Before + 70_000_000 }, folds: 3, new() { Before = Before })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sweep_keeps_to_a_memory_limit_and_the_last_is_not_refused_what_the_first_was_given()
    {
        using TemporaryFolder folder = new();
        SyntheticPhotos.Write(folder["photos"], perClass: 10);
        CountedImages set = new(ImageFolder.Open(folder["photos"]));
        const long Before = 1_000_000;
        SweepPoint[] points = [.. ((int[])[1, 2]).Select(depth => new SweepPoint([$"{depth}"], Conv with { Features = Conv.Features with { Depth = depth }, Memory = Before + 100_000_000 }))];
        using Sweep sweep = new(new ImageSplits(set, null, null), points, Before);
        IReadOnlyList<SweepRow> rows = sweep.Run(new(["depth"], "00000000"), folder["sweep.csv"], _ => { }, (_, refused) => throw refused, null, default);
        Assert.Equal(["1", "2"], rows.Select(row => row.Values[0]));
        Assert.Equal(set.Count, set.Decoded);
    }

    [Fact]
    public void Memory_goes_to_the_steps_then_to_pictures_and_what_is_left_to_features()
    {
        TrainingRecipe recipe = TrainingRecipe.Named(TrainingRecipe.Default, ModelKinds.Conv);
        Model model = Model.Create(recipe.Model, recipe.Features.SampleShape, 2, 1);
        const int Images = 100_000;
        long all = Images * 64 * 64 * 3;
        Assert.Equal(new MemoryBudget(null, recipe.FeatureMemory, 0), MemoryBudget.Of(recipe, model, Images, 0));
        MemoryBudget large = MemoryBudget.Of(recipe with { Memory = 10_000_000_000 }, model, Images, 0);
        Assert.Equal((all, recipe.FeatureMemory), (large.Pictures, large.Features));
        // Not what the process takes now, which other tests change while this one looks.
        const long Before = 1_000_000_000;
        MemoryBudget small = MemoryBudget.Of(recipe with { Memory = Before + 300_000_000 }, model, Images, 0, Before);
        Assert.InRange(small.Pictures!.Value, 1, 200_000_000);
        Assert.Equal(0, small.Features);
        Assert.InRange(small.Training, small.Pictures.Value, 200_000_000);
        // Validation needs memory too: what it does not fit in is refused before an image is read.
        long least = MemoryPlan.Of(model, 1000, 100, recipe.Training with { BatchSize = 1, Threads = 1 }).TotalBytes, without = MemoryPlan.Of(model, 1000, 0, recipe.Training with { BatchSize = 1, Threads = 1 }).TotalBytes;
        TrainingRecipe tight = recipe.WithTraining(options => options with { BatchSize = 1, Threads = 1, MemoryLimit = (least + without) / 2 }) with { Augmentations = ImageAugmentations.None };
        Assert.Throws<SettingException>(() => MemoryBudget.Of(tight with { Memory = 10_000_000_000 }, model, 1000, 0));
        Assert.Contains("the program itself takes", Assert.Throws<SettingException>(() => MemoryBudget.Of(recipe with { Memory = Before }, model, Images, 0, Before)).Message, StringComparison.Ordinal);
    }

    private sealed class Told(Action<PipelineProgress> told) : IProgress<PipelineProgress>
    {
        public void Report(PipelineProgress value) => told(value);
    }
}
