using System.Diagnostics;
using ImageSig.NN;
using ImageSig.Tensors;

namespace ImageSig;

/// <summary>One training run: read, split, augment, take features, fit.</summary>
internal sealed class TrainingSession(
    string folder, TrainingRecipe recipe, CheckpointOptions? checkpoint, IProgress<PipelineProgress>? progress, CancellationToken cancellation)
{
    /// <summary>The images held back from training; known after <see cref="Run"/>.</summary>
    public IReadOnlyList<LabelledImage> ValidationImages { get; private set; } = [];

    public (ModelFile File, TrainingRun Run) Run()
    {
        FeatureExtractor extractor = new(recipe.Features);
        ImageFolder listed = ImageFolder.Open(folder);
        if (checkpoint is { Resume: false } && File.Exists(checkpoint.Path))
            throw new ModelFileException($"{checkpoint.Path}: an interrupted training left this checkpoint; go on from it (--resume), or delete it to begin anew.");
        // Built before the first image is read: an architecture that does not fit the image size fails at once.
        Model model = Model.Create(recipe.Model, extractor.SampleShape, listed.Classes.Count, recipe.Seed);

        long start = Stopwatch.GetTimestamp();
        LoadedImages loaded = LoadedImages.Load(
            listed, extractor, recipe.Threads, new ProgressMeter("decode", listed.Images.Count, progress), cancellation);
        TimeSpan decode = Stopwatch.GetElapsedTime(start);

        StratifiedSplit split = StratifiedSplit.Draw([.. loaded.Images.Select(image => image.Label)], recipe.Validation, recipe.Seed);
        LabelledImage[] trainingImages = [.. split.Training.Select(index => loaded.Images[index])];
        ValidationImages = [.. split.Validation.Select(index => loaded.Images[index])];

        start = Stopwatch.GetTimestamp();
        (FeatureSource training, FeatureSource? validation, Standardization? standardization) = TakeFeatures(trainingImages, extractor);
        TimeSpan features = Stopwatch.GetElapsedTime(start);

        start = Stopwatch.GetTimestamp();
        CheckpointFile? file = checkpoint is null
            ? null
            : new(checkpoint.Path, TrainingFingerprint.Of(recipe, listed.Classes, loaded.Images), model);
        TrainingSummary summary = Fit(model, training, validation, OptionsFor(trainingImages, listed.Classes.Count), file);
        TimeSpan fit = Stopwatch.GetElapsedTime(start);

        TrainingReport report = Report(summary, listed, trainingImages, loaded.Unreadable.Count);
        return (new ModelFile(model.Folded(), recipe.Features, listed.Classes, standardization, report),
            new TrainingRun(summary, null, loaded.Unreadable, new StageTimes(decode, features, fit, TimeSpan.Zero)) { Checkpoint = file });
    }

    private TrainingSummary Fit(Model model, FeatureSource training, FeatureSource? validation, TrainingOptions options, CheckpointFile? file)
    {
        TrainerState? earlier = checkpoint is { Resume: true } ? file?.Read() : null;
        try
        {
            return Trainer.Fit(
                model, training, validation, options, earlier, file is null ? null : file.Keep,
                new TrainerProgress(training.Count, progress), cancellation);
        }
        catch (OperationCanceledException)
        {
            file?.Flush();
            throw;
        }
    }

    private (FeatureSource Training, FeatureSource? Validation, Standardization?) TakeFeatures(
        LabelledImage[] trainingImages, FeatureExtractor extractor)
    {
        FeatureSource training = new(new AugmentedImages(trainingImages, recipe.Augmentations), extractor, recipe.FeatureMemory);
        FeatureSource? validation = ValidationImages.Count == 0
            ? null
            : new(new AugmentedImages(ValidationImages, ImageAugmentations.None), extractor, recipe.FeatureMemory / 8);
        ProgressMeter meter = new("features", training.Cached + (validation?.Cached ?? 0), progress);
        training.Fill(recipe.Threads, meter, cancellation);
        validation?.Fill(recipe.Threads, meter, cancellation);
        if (!recipe.Features.Standardize)
            return (training, validation, null);

        Standardization standardization = Standardization.Measure(
            training.Count, recipe.Features.Streams, recipe.Features.FeatureCount, training.CopyTo, recipe.Threads);
        training.Standardize(standardization, recipe.Threads);
        validation?.Standardize(standardization, recipe.Threads);
        return (training, validation, standardization);
    }

    private TrainingOptions OptionsFor(LabelledImage[] images, int classes) => new()
    {
        Epochs = recipe.Epochs,
        BatchSize = recipe.BatchSize,
        Optimizer = recipe.Optimizer,
        LearningRate = recipe.LearningRate,
        WeightDecay = recipe.WeightDecay,
        Schedule = recipe.Schedule,
        Loss = recipe.Loss,
        LabelSmoothing = recipe.LabelSmoothing,
        ClassWeights = [.. CountByClass(images, classes).Select(count => (float)((double)images.Length / ((double)classes * count)))],
        ClipNorm = recipe.ClipNorm,
        Accumulation = recipe.Accumulation,
        AverageDecay = recipe.AverageDecay,
        Patience = recipe.Patience,
        Seed = recipe.Seed,
        Threads = recipe.Threads,
        MemoryLimit = recipe.TrainingMemory,
    };

    private TrainingReport Report(TrainingSummary summary, ImageFolder listed, LabelledImage[] trainingImages, int unreadable)
    {
        EpochRecord chosen = summary.Epochs[summary.ChosenEpoch - 1];
        return new TrainingReport
        {
            Recipe = recipe.Name,
            Optimizer = RecipeNames.Of(recipe.Optimizer),
            LearningRate = recipe.LearningRate,
            WeightDecay = recipe.WeightDecay,
            Loss = RecipeNames.Of(recipe.Loss),
            LabelSmoothing = recipe.LabelSmoothing,
            BatchSize = recipe.BatchSize,
            ClipNorm = recipe.ClipNorm,
            Accumulation = recipe.Accumulation,
            AverageDecay = recipe.AverageDecay,
            Epochs = summary.Epochs.Count,
            ChosenEpoch = summary.ChosenEpoch,
            Seed = recipe.Seed,
            Augmentations = RecipeNames.Of(recipe.Augmentations),
            TrainingImages = CountByClass(trainingImages, listed.Classes.Count),
            ValidationImages = CountByClass(ValidationImages, listed.Classes.Count),
            UnreadableImages = unreadable,
            ValidationAccuracy = chosen.ValidationAccuracy,
            ValidationBalancedAccuracy = chosen.ValidationBalancedAccuracy,
            ValidationLoss = chosen.ValidationLoss,
        };
    }

    private static int[] CountByClass(IReadOnlyList<LabelledImage> images, int classes)
    {
        int[] counts = new int[classes];
        foreach (LabelledImage image in images)
            counts[image.Label]++;
        return counts;
    }
}
