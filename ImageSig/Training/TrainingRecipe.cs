using ImageSig.Imaging;
using ImageSig.NN;
using ImageSig.Tensors;

namespace ImageSig;

/// <summary>Everything that decides a training: features, architecture, augmentation, optimization.</summary>
/// <remarks>Start from <see cref="Named"/> and change what you need:
/// <c>TrainingRecipe.Named(TrainingRecipe.Default, ModelKinds.Conv).WithTraining(options => options with { Epochs = 10 })</c>.</remarks>
public sealed record TrainingRecipe
{
    /// <summary>The paper's copies, and what models on pixels are shown.</summary>
    internal const ImageAugmentations
        PaperAugmentations = ImageAugmentations.HorizontalFlip | ImageAugmentations.VerticalFlip | ImageAugmentations.Brightness,
        PixelAugmentations = PaperAugmentations | ImageAugmentations.Shift | ImageAugmentations.Anew;

    private const ImageAugmentations AnewOnly =
        ImageAugmentations.Shift | ImageAugmentations.Crop | ImageAugmentations.Rotation | ImageAugmentations.Contrast | ImageAugmentations.ColorJitter | ImageAugmentations.Cutout;

    /// <summary>The recipes: what we found to work best, and the settings of Ibrahim &amp; Lyons, 2022.</summary>
    public const string Default = "default", Paper = "paper";

    /// <summary>The names that <see cref="Named"/> knows.</summary>
    public static IReadOnlyList<string> Names { get; } = [Default, Paper];

    /// <summary>The recipe this one started from; remembered in the model file.</summary>
    public required string Name { get; init; }

    /// <summary>The architecture.</summary>
    public required ModelSpec Model { get; init; }

    /// <summary>How images become features.</summary>
    public required FeatureOptions Features { get; init; }

    /// <summary>How training images are changed.</summary>
    public required ImageAugmentations Augmentations { get; init; }

    /// <summary>How the network is trained. The seed also decides which images are held back and the first weights; class weights that are null are those of
    /// the classes' frequencies.</summary>
    public required TrainingOptions Training { get; init; }

    /// <summary>The share of every class that is held back to choose the epoch, 0 to below 1.</summary>
    public double Validation { get; init; } = 0.1;

    /// <summary>What <see cref="Validation"/> may be.</summary>
    public static Bounds ValidationBounds => Bounds.Share;

    /// <summary>Models that teach this one: beside the labels it learns from the mean of their softened answers, each asked about the very picture that it is
    /// shown itself, brought to the teacher's size and features. They know the same classes, in any order. How much they count:
    /// <see cref="TrainingOptions.TeacherShare"/> and <see cref="TrainingOptions.TeacherTemperature"/>.</summary>
    public IReadOnlyList<ImageClassifier> Teachers { get; init; } = [];

    /// <summary>Where it is set, the training takes about this time, reading the images included: as many epochs as fit by a measurement of a few steps take the place of those of
    /// <see cref="Training"/>, and their schedule follows. With that number of epochs and no limit the same bits come out. One that is resumed keeps the number that was found.</summary>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>How many models of this recipe are trained first, with the seeds <c>seed, seed + 1, …</c> on the same training images, to teach this one beside
    /// <see cref="Teachers"/>; 0 for none. What comes out is one model, as large and as fast as without.</summary>
    public int Members { get; init; }

    /// <summary>What <see cref="Members"/> may be.</summary>
    public static Bounds MemberBounds { get; } = Bounds.Whole(0, 100);

    /// <summary>Bytes of memory that a training may take in all, the program included; 0 for no such limit. Pictures and features that memory does not hold are on the disk,
    /// with the same result.</summary>
    public long Memory { get; init; }

    /// <summary>What <see cref="Memory"/> may be.</summary>
    public static Bounds MemoryBounds => TrainingOptions.MemoryLimitBounds;

    /// <summary>Bytes of memory that pictures may take which several trainings have in common: where <see cref="Memory"/> is bounded none, so that each may take all of it.</summary>
    internal long? PicturesBetween => Memory == 0 ? null : 0;

    /// <summary>Bytes of memory that features may take. Beyond it they are in a temporary file, and where the disk has no room they are computed anew when needed, always with the
    /// same result; with 0 they are computed anew.</summary>
    public long FeatureMemory { get; init; } = DefaultFeatureMemory;

    private static long DefaultFeatureMemory => Math.Min(64_000_000, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 8);

    /// <summary>A recipe by name, for an architecture by name; seed 1, on all cores.</summary>
    /// <param name="recipe"><see cref="Default"/> or <see cref="Paper"/>.</param>
    /// <param name="model">One of <see cref="ModelKinds.Names"/>. Null for the best that the recipe has: grid, or the paper's conv.</param>
    /// <exception cref="SettingException">A name that is not known; the message lists those that are.</exception>
    public static TrainingRecipe Named(string recipe = Default, string? model = null) => recipe switch
    {
        Default => DefaultFor(ModelKinds.Named(model ?? ModelKinds.Grid)),
        Paper => PaperFor(ModelKinds.Named(model ?? ModelKinds.Conv)),
        _ => throw new SettingException($"There is no recipe '{recipe}'; choose {string.Join(" or ", Names)}."),
    };

    /// <summary>The same recipe with <see cref="Training"/> changed.</summary>
    public TrainingRecipe WithTraining(Func<TrainingOptions, TrainingOptions> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        return this with { Training = change(Training) };
    }

    /// <summary>The same recipe with signed roots of signature levels: of those that the model takes, or of the features.</summary>
    /// <param name="epsilon">Their ε; 0 for none.</param>
    /// <exception cref="SettingException">The model has no signatures.</exception>
    public TrainingRecipe WithRoots(float epsilon) => Model switch
    {
        GridSpec grid => this with { Model = grid with { Roots = epsilon } },
        { Input: ModelInput.Signatures } => this with { Features = Features with { Roots = epsilon } },
        _ => throw new SettingException($"The architecture '{Model.Name}' has no signatures to take roots of."),
    };

    /// <summary>The same recipe for a pretrained network.</summary>
    /// <param name="backbone">From <see cref="BackboneFile.Read"/>.</param>
    /// <exception cref="SettingException">The model is not <see cref="ModelKinds.Transfer"/>.</exception>
    public TrainingRecipe WithBackbone(Backbone backbone) => this with { Model = Transfer("backbone") with { Backbone = backbone } };

    /// <summary>The same recipe, where training changes the backbone too (or not): with the augmentations and training options that go with it, seed and threads as they are.</summary>
    /// <exception cref="SettingException">The model is not <see cref="ModelKinds.Transfer"/>.</exception>
    public TrainingRecipe WithFineTuning(bool fineTune)
    {
        TransferSpec model = Transfer("backbone to train") with { FineTune = fineTune };
        return this with
        {
            Model = model,
            Augmentations = AugmentationsFor(model),
            Training = model.DefaultTraining with { Seed = Training.Seed, Threads = Training.Threads },
        };
    }

    private TransferSpec Transfer(string what) =>
        Model as TransferSpec ?? throw new SettingException($"The architecture '{Model.Name}' has no {what}; choose the model {ModelKinds.Transfer}.");

    /// <summary>Throws unless every value is within its bounds, and they go together.</summary>
    /// <exception cref="SettingException">The message names the value and the bounds.</exception>
    public void Check()
    {
        if (Features is null || Model is null || Training is null || Teachers is null || Teachers.Contains(null!))
            throw new SettingException("The recipe has no features, model, training options or list of teachers, or a teacher that is null; begin from TrainingRecipe.Named.");
        Require(RecipeNames.AreKnown(Augmentations), $"The augmentations {Augmentations} hold some that there are not.");
        Features.Check();
        Model.Check();
        Training.Check();
        ValidationBounds.Check("The validation share", Validation);
        MemberBounds.Check("The number of members", Members);
        Require(TimeLimit is not { } limit || limit > TimeSpan.Zero, $"A time limit of {TimeLimit} was given; more than nothing is possible.");
        Require(
            TimeLimit is null || Model is not TransferSpec,
            $"The model '{Model.Name}' spends its time on features, not on epochs; set the number of epochs rather than a time limit.");
        MemoryBounds.Check("The memory", Memory);
        Require(FeatureMemory >= 0, $"A feature memory of {FeatureMemory} bytes was given; 0 or more is possible.");
        Require(Features.Input == Model.Input, $"The model '{Model.Name}' takes {RecipeNames.Of(Model.Input)}, the features are {RecipeNames.Of(Features.Input)}.");
        Require(
            Model is not TransferSpec { Backbone.HasWeights: false },
            $"The backbone '{(Model as TransferSpec)?.Backbone?.Name}' was read from a model file, where its weights are the model's; give the file that it came from (BackboneFile.Read).");
        Require(
            (Augmentations & AnewOnly) == 0 || Augmentations.HasFlag(ImageAugmentations.Anew),
            $"There are no copies for '{RecipeNames.Of(Augmentations & AnewOnly)}', only changes drawn anew: add 'anew' to the augmentations, or leave it out.");
        Require(
            Training.Loss is LossKind.CrossEntropy or LossKind.Focal,
            $"The loss {Training.Loss} was given; images have one class each: cross-entropy or focal is possible.");
        Require(
            Training.BatchSize > 1 || !Model.NormalizesBatches,
            $"The model '{Model.Name}' compares the images of a batch (batch normalization), and a batch of 1 has nothing to compare; choose a batch size of 2 or more, 16 being enough.");
        Require(Training.Patience == 0 || Validation > 0, "Patience needs validation images to tell whether an epoch is better.");
    }

    private static TrainingRecipe DefaultFor(ModelSpec model) => new()
    {
        Name = Default,
        Model = model,
        Features = model.Input == ModelInput.Pixels
            ? new() { Input = ModelInput.Pixels, Fit = ImageFit.Crop, ScaledDecoding = true, Width = SizeFor(model), Height = SizeFor(model) }
            : new() { ScaledDecoding = true, TwoDirection = true, Basepoint = true, Standardize = true },
        Augmentations = AugmentationsFor(model),
        // A backbone sees every picture once, and what comes out of it is kept.
        FeatureMemory = model is TransferSpec ? 0 : DefaultFeatureMemory,
        Training = Here(model.DefaultTraining),
    };

    /// <summary>Pretrained networks were trained on larger images than those that are trained here.</summary>
    private static int SizeFor(ModelSpec model) => model is TransferSpec ? 96 : 64;

    /// <summary>Signatures of copies can be kept; pixels cost nothing to change anew; frozen features gained nothing from mirrored copies.</summary>
    private static ImageAugmentations AugmentationsFor(ModelSpec model) => model switch
    {
        TransferSpec { FineTune: false } => ImageAugmentations.None,
        { Input: ModelInput.Pixels } => PixelAugmentations,
        _ => PaperAugmentations,
    };

    private static TrainingRecipe PaperFor(ModelSpec model) => new()
    {
        Name = Paper,
        Model = model,
        Features = new(),
        Augmentations = PaperAugmentations,
        Training = Here(model.PaperTraining
            ?? throw new SettingException($"The paper has no model '{model.Name}'; choose fc, conv or attention, or the default recipe.")),
    };

    private static TrainingOptions Here(TrainingOptions options) => options with { Seed = 1, Threads = Environment.ProcessorCount };

    private static void Require(bool condition, string message)
    {
        if (!condition)
            throw new SettingException(message);
    }
}
