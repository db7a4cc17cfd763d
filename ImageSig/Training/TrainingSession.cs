using System.Diagnostics;
using ImageSig.NN;
using ImageSig.Tensors;

namespace ImageSig;

/// <summary>One training: check, read, split, augment, take features, fit.</summary>
internal sealed class TrainingSession(
    ImageSet images, ImageSet? validationSet, TrainingRecipe recipe, CheckpointOptions? checkpoint, long? before, IProgress<PipelineProgress>? progress,
    CancellationToken cancellationToken) : IDisposable
{
    private readonly List<LoadedImages> held = [];
    private readonly IReadOnlyList<string> classes = images.Targets.Names;

    /// <summary>The images that were trained on; known after <see cref="Run"/>, and readable like the others until this is disposed of.</summary>
    public IReadOnlyList<LabeledImage> TrainingImages { get; private set; } = [];

    /// <summary>The images that choose the epoch; known after <see cref="Run"/>.</summary>
    public IReadOnlyList<LabeledImage> ValidationImages { get; private set; } = [];

    /// <summary>What memory is for; known after <see cref="Run"/>.</summary>
    public MemoryBudget Budget { get; private set; } = new(null, recipe.FeatureMemory, 0);

    /// <summary>The model of the last epoch, where that was asked for; known after <see cref="Run"/>. None of a classifier behind a frozen backbone, of whose epochs no state is kept.</summary>
    public ModelFile? Last { get; private set; }

    public (ModelFile File, TrainingSummary Summary, IReadOnlyList<UnreadableImage> Unreadable, CheckpointFile? Checkpoint, StageTimes Times) Run()
    {
        recipe.Check();
        FeatureExtractor extractor = new(recipe.Features);
        if (images.AsksQuestions && (recipe.Teachers.Count > 0 || recipe.Members > 0))
            throw new SettingException("Attributes are learned without teachers: leave teachers and members out.");
        if (classes.Count < (images.AsksQuestions ? 1 : 2))
            throw new DatasetException($"{images.Name}: {(classes.Count == 0 ? "no class" : $"only one class ('{classes[0]}')")} found, at least 2 expected.");
        if (!images.AsksQuestions && classes.All(NegativeClass.Is))
            throw new DatasetException($"{images.Name}: the classes {string.Join(" and ", classes.Select(name => $"'{name}'"))} stand for what is none of the others, and there are no others; add at least one class of another name.");
        int[]? validationLabels = validationSet is null ? null : ClassNames.IndicesOf(validationSet, classes, images.LacksName, images.AsksQuestions);
        if (checkpoint is not null && (string.IsNullOrEmpty(checkpoint.Path) || Directory.Exists(checkpoint.Path)))
            throw new SettingException($"The checkpoint is to be '{checkpoint.Path}'; the name of a file is needed, in a folder that is there.");
        if (checkpoint is { Resume: false } && File.Exists(checkpoint.Path))
            throw new ModelFileException($"{checkpoint.Path}: an interrupted training left this checkpoint; resume it, or delete it to begin anew.");
        // Built before the first image is read: an architecture that does not fit the image size fails at once.
        Model model = Model.Create(recipe.Model, extractor.SampleShape, classes.Count, recipe.Training.Seed);
        IReadOnlyList<Teacher> teachers = Teacher.Of(recipe.Teachers, classes);
        Budget = MemoryBudget.Of(recipe, model, images.Count, validationSet?.Count ?? 0, before);
        recipe = recipe.WithTraining(options => options with { MemoryLimit = Budget.Training });

        long start = Stopwatch.GetTimestamp();
        LoadedImages loaded = Load(images, extractor);
        LabeledImage[] trainingImages;
        if (validationSet is null)
        {
            StratifiedSplit split = StratifiedSplit.Draw([.. loaded.Images.Select(image => image.Label)], recipe.Validation, recipe.Training.Seed);
            trainingImages = [.. split.Training.Select(index => loaded.Images[index])];
            ValidationImages = [.. split.Validation.Select(index => loaded.Images[index])];
        }
        else
        {
            LoadedImages others = Load(validationSet, extractor);
            trainingImages = [.. loaded.Images];
            ValidationImages = [.. others.Images.Select(image => image.InPlaces(validationLabels!, classes.Count))];
            loaded = loaded with { Images = [.. loaded.Images, .. ValidationImages], Unreadable = [.. loaded.Unreadable, .. others.Unreadable] };
        }
        TrainingImages = trainingImages;
        int[] counts = CountByClass(trainingImages);
        CheckEachIsThere(trainingImages, counts);
        TimeSpan decode = Stopwatch.GetElapsedTime(start);

        start = Stopwatch.GetTimestamp();
        using FeatureSource training = SourceOf(new AugmentedImages(trainingImages, recipe.Augmentations, recipe.Training.Seed), Budget.Features * 7 / 8, extractor);
        using FeatureSource? validation = ValidationImages.Count == 0
            ? null
            : SourceOf(new AugmentedImages(ValidationImages, ImageAugmentations.None, recipe.Training.Seed), Budget.Features / 8, extractor);
        Standardization? standardization = TakeFeatures(training, validation);
        TimeSpan features = Stopwatch.GetElapsedTime(start);

        if (recipe.TimeLimit is { } limit)
            SetEpochs(limit - decode - features, OptionsFor(trainingImages, counts), model, training, validation);

        start = Stopwatch.GetTimestamp();
        CheckpointFile? file = checkpoint is null
            ? null
            : new(checkpoint, TrainingFingerprint.Of(recipe, classes, loaded.Images, images.Cache?.Features == CacheFloats.Half, cancellationToken), model) { Unreadable = loaded.Unreadable };
        NetworkTraining network = new(recipe, OptionsFor(trainingImages, counts), training, validation, file, progress, cancellationToken);
        TrainingSummary summary = network.Run(
            model, teachers, member => new Teacher(member.Folded(), extractor, standardization, [.. Sequences.Range(0, classes.Count)]),
            checkpoint is { Resume: true });
        TimeSpan fit = Stopwatch.GetElapsedTime(start);

        ModelFile best = FileOf(model, summary);
        if (checkpoint is { KeepsLast: true })
            Last = file?.Newest is not { } state ? null : summary.ChosenEpoch < state.Epoch ? FileOf(ModelOf(state, model), summary with { ChosenEpoch = state.Epoch }) : best;
        return (best, summary, loaded.Unreadable, file, new StageTimes(decode, features, fit, TimeSpan.Zero));

        ModelFile FileOf(Model learned, TrainingSummary summary)
        {
            Model folded = learned.Folded();
            AnswerFit answers = images.AsksQuestions ? AnswerFit.Nothing : FindRules(folded, trainingImages, validation, extractor, standardization);
            TrainingReport report = Report(summary, trainingImages.Length, counts, loaded.Unreadable.Count, answers);
            return new ModelFile(folded, recipe.Features, classes, standardization, report) { Rules = answers.Rules, HasAttributes = images.AsksQuestions };
        }
    }

    /// <summary>A model like another with the weights that were validated in the last epoch of a state: their running average, where there is one.</summary>
    private Model ModelOf(TrainerState state, Model like)
    {
        Model last = Model.Create(recipe.Model, like.Input, like.Outputs, recipe.Training.Seed);
        foreach ((Parameter parameter, float[] weights) in last.Parameters.Zip(state.Memory.GetValueOrDefault(WeightAverage.Name, state.Weights)))
            weights.CopyTo(parameter.Value.Span);
        return last;
    }

    /// <summary>Of a time limit the number of epochs is all that counts; a training that is resumed has one already.</summary>
    private void SetEpochs(TimeSpan left, TrainingOptions options, Model model, FeatureSource training, FeatureSource? validation)
    {
        int epochs = checkpoint is { Resume: true } && CheckpointFile.SettingsIn(checkpoint.Path) is { } begun
            ? begun.Recipe.Training.Epochs
            : TrainingPace.EpochsWithin(left, recipe.Members + 1, model, training, validation, options, cancellationToken);
        recipe = recipe.WithTraining(options => options with { Epochs = epochs }) with { TimeLimit = null };
    }

    /// <summary>Gives the disk back that pictures are on.</summary>
    public void Dispose()
    {
        foreach (LoadedImages loaded in held)
            loaded.Dispose();
    }

    private LoadedImages Load(ImageSet set, FeatureExtractor extractor)
    {
        LoadedImages loaded = LoadedImages.Load(set, extractor, recipe.Training.Threads, progress, cancellationToken, PicturesOf(set));
        held.Add(loaded);
        return loaded;
    }

    /// <summary>A set's share of the memory for pictures.</summary>
    private long? PicturesOf(ImageSet set) => Budget.Pictures * set.Count / (images.Count + (validationSet?.Count ?? 0));

    /// <summary>On the disk of a cache of pictures, unless that takes no more; what a cache of features does not take would find no room beside it. Where memory is not meant to hold any, a backbone sees every picture once.</summary>
    private string? FolderForFeatures => recipe.FeatureMemory == 0 ? null : images.Cache is { Problem: null, Features: CacheFloats.None } cache ? cache.Folder : TemporaryEntries.Folder;

    private FeatureSource SourceOf(AugmentedImages shown, long memory, FeatureExtractor extractor) => new(shown, extractor, memory, FolderForFeatures, images.Cache);

    /// <summary>Computes the features that are kept, and what brings them to mean 0 and variance 1 where that is asked for.</summary>
    private Standardization? TakeFeatures(FeatureSource training, FeatureSource? validation)
    {
        ProgressMeter meter = ProgressMeter.Of(PipelineStage.Features, training.Kept + (validation?.Kept ?? 0), progress);
        training.Fill(recipe.Training.Threads, meter, cancellationToken);
        validation?.Fill(recipe.Training.Threads, meter, cancellationToken);
        if (!recipe.Features.Standardize)
            return null;

        Standardization standardization = Standardization.Measure(
            training.Count, recipe.Features.Streams, recipe.Features.FeatureCount, training.CopyTo, recipe.Training.Threads, cancellationToken);
        training.Standardize(standardization);
        validation?.Standardize(standardization);
        return standardization;
    }

    private AnswerFit FindRules(
        Model model, LabeledImage[] trainingImages, FeatureSource? validation, FeatureExtractor extractor, Standardization? standardization)
    {
        FeatureSource unchanged = new(new AugmentedImages(trainingImages, ImageAugmentations.None, recipe.Training.Seed), extractor, memoryLimit: 0);
        if (standardization is not null)
            unchanged.Standardize(standardization);
        return AnswerFit.Find(model, classes, unchanged, validation, recipe.Training.Threads, cancellationToken);
    }

    private TrainingOptions OptionsFor(LabeledImage[] trainingImages, int[] counts) => images.AsksQuestions
        ? recipe.Training with
        {
            Loss = LossKind.BinaryCrossEntropy,
            LabelSmoothing = 0,
            ClassWeights = recipe.Training.ClassWeights ?? [.. counts.Select((yes, question) => YesWeight(yes, Known(trainingImages, question) - yes))],
        }
        : recipe.Training with
        {
            ClassWeights = recipe.Training.ClassWeights ?? [.. counts.Select(count => (float)((double)counts.Sum() / ((double)counts.Length * count)))],
        };

    /// <summary>All that say yes then weigh as much as all that say no.</summary>
    private static float YesWeight(int yes, int no) => yes == 0 || no == 0 ? 1 : (float)no / yes;

    private static int Known(LabeledImage[] labeled, int question) => labeled.Count(image => image.Answers![question] is not null);

    private void CheckEachIsThere(LabeledImage[] trainingImages, int[] counts)
    {
        if (!images.AsksQuestions && Array.IndexOf(counts, 0) is >= 0 and int empty)
            throw new DatasetException($"{images.NameOfClass(empty)}: there is no image of this class; add some, or leave the class out.");
        if (images.AsksQuestions && Sequences.Range(0, classes.Count).FirstOrDefault(question => Known(trainingImages, question) == 0, -1) is >= 0 and int unknown)
            throw new DatasetException($"{images.NameOfClass(unknown)}: no training image has an answer; add some, or leave the column out.");
    }

    private TrainingReport Report(TrainingSummary summary, int total, int[] counts, int unreadable, AnswerFit answers)
    {
        EpochRecord chosen = summary.Epochs[summary.ChosenEpoch - 1];
        return new TrainingReport
        {
            Recipe = recipe.Name,
            Options = images.AsksQuestions ? recipe.Training with { Loss = LossKind.BinaryCrossEntropy, LabelSmoothing = 0 } : recipe.Training,
            Epochs = summary.Epochs.Count,
            ChosenEpoch = summary.ChosenEpoch,
            Augmentations = recipe.Augmentations,
            Teachers = [.. recipe.Teachers.Select(teacher => teacher.Identity)],
            Members = recipe.Members,
            TrainingImages = counts,
            ValidationImages = CountByClass(ValidationImages),
            TrainingTotal = total,
            ValidationTotal = ValidationImages.Count,
            UnreadableImages = unreadable,
            ValidationAccuracy = chosen.ValidationAccuracy,
            ValidationBalancedAccuracy = chosen.ValidationBalancedAccuracy,
            ValidationLoss = chosen.ValidationLoss,
            CalibrationErrorBefore = answers.ErrorBefore,
            CalibrationErrorAfter = answers.ErrorAfter,
        };
    }

    /// <summary>Images of each class; or with a yes to each question.</summary>
    private int[] CountByClass(IReadOnlyList<LabeledImage> labeled)
    {
        int[] counts = new int[classes.Count];
        foreach (LabeledImage image in labeled)
            if (image.Answers is null)
                counts[image.Label]++;
            else
                for (int question = 0; question < counts.Length; question++)
                    counts[question] += image.Answers[question] == true ? 1 : 0;
        return counts;
    }
}
