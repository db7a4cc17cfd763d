using ImageSig.Imaging;
using ImageSig.NN;
using ImageSig.Tensors;

namespace ImageSig;

/// <summary>Everything that decides a training run: features, architecture, augmentation, optimization.</summary>
/// <remarks>Start from <see cref="Named"/> and change what you need: <c>TrainingRecipe.Named("default", "conv") with { Epochs = 10 }</c>.</remarks>
public sealed record TrainingRecipe
{
    /// <summary>The widest hidden dense layer.</summary>
    public const int MaxNeurons = 1 << 16;

    /// <summary>The names that <see cref="Named"/> knows.</summary>
    public static IReadOnlyList<string> Names { get; } = ["default", "paper"];

    /// <summary>The architectures that <see cref="Named"/> knows.</summary>
    public static IReadOnlyList<string> Models { get; } = ["fc", "conv", "attention", "grid", "cnn", "vit"];

    private const ImageAugmentations PaperAugmentations =
        ImageAugmentations.HorizontalFlip | ImageAugmentations.VerticalFlip | ImageAugmentations.Brightness;

    /// <summary>The recipe this one started from; remembered in the model file.</summary>
    public required string Name { get; init; }

    /// <summary>The architecture.</summary>
    public required ModelSpec Model { get; init; }

    /// <summary>How images become features.</summary>
    public required FeatureOptions Features { get; init; }

    /// <summary>Which copies are added to the training images.</summary>
    public required ImageAugmentations Augmentations { get; init; }

    /// <summary>The optimizer.</summary>
    public required OptimizerKind Optimizer { get; init; }

    /// <summary>The (highest) learning rate.</summary>
    public required float LearningRate { get; init; }

    /// <summary>Weight decay: decoupled with AdamW, added to the gradient with Adam.</summary>
    public required float WeightDecay { get; init; }

    /// <summary>How the learning rate changes over the run.</summary>
    public required LearningRateSchedule Schedule { get; init; }

    /// <summary>The loss; both weigh classes inversely to their frequency.</summary>
    public required LossKind Loss { get; init; }

    /// <summary>Share of each target that is spread over all classes; cross-entropy only.</summary>
    public float LabelSmoothing { get; init; }

    /// <summary>The longest a step's gradient may be, over all weights together; 0 for no limit.</summary>
    public float ClipNorm { get; init; }

    /// <summary>Batches whose gradients make one step: the memory of a small batch, the steps of a large one.</summary>
    public int Accumulation { get; init; } = 1;

    /// <summary>Decay of the running average of the weights, which is then what is measured and kept; 0 for none.</summary>
    public float AverageDecay { get; init; }

    /// <summary>Epochs without a better one on the validation images after which training ends; 0 for never.</summary>
    public int Patience { get; init; }

    /// <summary>Passes over the training samples.</summary>
    public required int Epochs { get; init; }

    /// <summary>Samples per batch.</summary>
    public required int BatchSize { get; init; }

    /// <summary>The share of every class that is held back to choose the epoch, 0 to below 1.</summary>
    public double Validation { get; init; } = 0.1;

    /// <summary>Decides split, initial weights, order and dropout: the same seed gives the same model file.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Threads to use; changes the time, never the result.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Bytes that features kept in memory may take; beyond it they are computed anew when needed, with the same result.</summary>
    public long FeatureMemory { get; init; } = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2;

    /// <summary>Bytes that training may take beside the samples; 0 for no limit. Fewer threads are used where they would take more, with the same result.</summary>
    public long TrainingMemory { get; init; }

    /// <summary>A recipe by name, for an architecture by name.</summary>
    /// <param name="recipe">"default": what we found to work best. "paper": the settings of Ibrahim &amp; Lyons, 2022.</param>
    /// <param name="model">"fc", "conv" or "attention" on signatures; "grid", "cnn" or "vit" on pixels. Null for the best on signatures that the recipe has: grid, or
    /// the paper's conv.</param>
    /// <exception cref="SettingException">A name that is not known; the message lists those that are.</exception>
    public static TrainingRecipe Named(string recipe = "default", string? model = null) => recipe switch
    {
        "default" => Default(Architecture(model ?? "grid")),
        "paper" => Paper(Architecture(model ?? "conv")),
        _ => throw new SettingException($"There is no recipe '{recipe}'; choose {string.Join(" or ", Names)}."),
    };

    /// <summary>The same recipe with another width of the hidden dense layer.</summary>
    public TrainingRecipe WithNeurons(int neurons) => this with
    {
        Model = Model switch
        {
            FcSpec fc => fc with { Neurons = neurons },
            ConvSpec conv => conv with { Neurons = neurons },
            AttentionSpec attention => attention with { Neurons = neurons },
            _ => throw new SettingException($"The architecture '{Model.Name}' has no number of neurons to set."),
        },
    };

    /// <summary>The same recipe with another number of transformer blocks.</summary>
    public TrainingRecipe WithBlocks(int blocks) => this with
    {
        Model = Model switch
        {
            AttentionSpec attention => attention with { Blocks = blocks },
            VitSpec vit => vit with { Blocks = blocks },
            _ => throw new SettingException($"The architecture '{Model.Name}' has no transformer blocks."),
        },
    };

    /// <summary>The same recipe with signatures over windows of another length.</summary>
    public TrainingRecipe WithWindow(int window) => Model is GridSpec grid
        ? this with { Model = grid with { Window = window } }
        : throw new SettingException($"The architecture '{Model.Name}' has no windows.");

    /// <summary>The same recipe with signed roots of signature levels: of those that the model takes, or of the features.</summary>
    /// <param name="epsilon">Their ε; 0 for none.</param>
    /// <exception cref="SettingException">The model has no signatures.</exception>
    public TrainingRecipe WithRoots(float epsilon) => Model switch
    {
        GridSpec grid => this with { Model = grid with { Roots = epsilon } },
        { Input: ModelInput.Signatures } => this with { Features = Features with { Roots = epsilon } },
        _ => throw new SettingException($"The architecture '{Model.Name}' has no signatures to take roots of."),
    };

    /// <summary>Throws unless every value is within its bounds.</summary>
    /// <exception cref="SettingException">The message names the value and the bounds.</exception>
    public void Check()
    {
        Features.Check();
        int? neurons = Model switch { FcSpec fc => fc.Neurons, ConvSpec conv => conv.Neurons, AttentionSpec attention => attention.Neurons, _ => null };
        Require(neurons is null or (>= 1 and <= MaxNeurons), $"{neurons} neurons were asked for; 1 to {MaxNeurons} are possible.");
        Require(Features.Input == Model.Input, $"The model '{Model.Name}' takes {RecipeNames.Of(Model.Input)}, the features are {RecipeNames.Of(Features.Input)}.");
        Require(LabelSmoothing is >= 0 and < 1, $"A label smoothing of {LabelSmoothing} was given; 0 to below 1 is possible.");
        Require(Loss is LossKind.CrossEntropy or LossKind.Focal, $"The loss {Loss} was given; images have one class each: cross-entropy or focal is possible.");
        Require(LabelSmoothing == 0 || Loss == LossKind.CrossEntropy, "Label smoothing goes with the loss cross-entropy only.");
        Require(Epochs is >= 1 and <= 1_000_000, $"{Epochs} epochs were asked for; 1 to 1,000,000 are possible.");
        Require(BatchSize is >= 1 and <= 1_000_000, $"A batch size of {BatchSize} was given; 1 to 1,000,000 is possible.");
        Require(LearningRate is > 0 and <= 10, $"A learning rate of {LearningRate} was given; above 0 to 10 is possible.");
        Require(WeightDecay is >= 0 and <= 10, $"A weight decay of {WeightDecay} was given; 0 to 10 is possible.");
        Require(ClipNorm is >= 0 and <= 1e6f, $"A gradient norm of {ClipNorm} was given; 0 (no limit) to 1,000,000 is possible.");
        Require(Accumulation is >= 1 and <= 1_000_000, $"{Accumulation} batches a step were asked for; 1 to 1,000,000 are possible.");
        Require(AverageDecay is >= 0 and < 1, $"An average's decay of {AverageDecay} was given; 0 to below 1 is possible.");
        Require(Patience is >= 0 and <= 1_000_000, $"A patience of {Patience} epochs was given; 0 (never end early) to 1,000,000 is possible.");
        Require(Patience == 0 || Validation > 0, "Patience needs validation images to tell whether an epoch is better.");
        Require(TrainingMemory >= 0, $"A training memory of {TrainingMemory} bytes was given; 0 (no limit) or more is possible.");
        Require(Validation is >= 0 and < 1, $"A validation share of {Validation} was given; 0 to below 1 is possible.");
        Require(Threads is >= 1 and <= 1024, $"{Threads} threads were asked for; 1 to 1024 are possible.");
        Require(FeatureMemory >= 0, $"A feature memory of {FeatureMemory} bytes was given; 0 or more is possible.");
    }

    private static ModelSpec Architecture(string model) => model switch
    {
        "fc" => new FcSpec(),
        "conv" => new ConvSpec(),
        "attention" => new AttentionSpec(),
        "grid" => new GridSpec(),
        "cnn" => new CnnSpec(),
        "vit" => new VitSpec(),
        _ => throw new SettingException($"There is no model '{model}'; choose {string.Join(", ", Models)}."),
    };

    private static TrainingRecipe Default(ModelSpec model)
    {
        bool pixels = model.Input == ModelInput.Pixels;
        return new()
        {
            Name = "default",
            Model = model,
            Features = pixels
                ? new() { Input = ModelInput.Pixels, Fit = ImageFit.Crop, ScaledDecoding = true }
                : new() { ScaledDecoding = true, TwoDirection = true, Basepoint = true, Standardize = true },
            Augmentations = PaperAugmentations,
            Optimizer = OptimizerKind.AdamW,
            LearningRate = model is GridSpec or CnnSpec ? 0.002f : 0.001f,
            WeightDecay = 0.01f,
            Schedule = new CosineSchedule(),
            Loss = LossKind.CrossEntropy,
            LabelSmoothing = model is AttentionSpec or VitSpec ? 0.1f : 0,
            Epochs = model is GridSpec or CnnSpec ? 24 : 30,
            BatchSize = 64,
        };
    }

    private static TrainingRecipe Paper(ModelSpec model)
    {
        if (model.Input != ModelInput.Signatures)
            throw new SettingException($"The paper has no model '{model.Name}'; choose fc, conv or attention, or the default recipe.");
        bool attention = model is AttentionSpec;
        return new()
        {
            Name = "paper",
            Model = model,
            Features = new(),
            Augmentations = PaperAugmentations,
            Optimizer = attention ? OptimizerKind.AdamW : OptimizerKind.Adam,
            LearningRate = 0.001f,
            WeightDecay = attention ? 0.0001f : 0,
            Schedule = new ConstantSchedule(),
            Loss = attention ? LossKind.CrossEntropy : LossKind.Focal,
            LabelSmoothing = attention ? 0.1f : 0,
            Epochs = attention ? 3000 : 300,
            BatchSize = attention ? 300 : 3000,
        };
    }

    private static void Require(bool condition, string message)
    {
        if (!condition)
            throw new SettingException(message);
    }
}
