using System.CommandLine;
using ImageSig.NN;
using ImageSig.Tensors;

namespace ImageSig.Cli.Arguments;

/// <summary>The options that make up a training recipe: a named one, and what is changed about it.</summary>
internal sealed class RecipeArguments
{
    private readonly Option<string> recipe = OptionKinds.Choice(
        "--recipe", "Settings to start from: what we found to work best, or those of the paper [default: default]", [.. TrainingRecipe.Names.Select(name => (name, name))]);
    private readonly Option<string> model = OptionKinds.Choice(
        "--model", "Architecture [default: grid; conv with --recipe paper or with options that speak of paths or neurons]", [.. TrainingRecipe.Models.Select(name => (name, name))]);
    private readonly FeatureArguments features = new();
    private readonly Option<bool> standardize = OptionKinds.Switch("--standardize", "Bring every feature to mean 0 and variance 1 over the training set");
    private readonly Option<int> neurons = OptionKinds.Whole("--neurons", 1, TrainingRecipe.MaxNeurons, "Width of the hidden dense layer [default: 50]");
    private readonly Option<int> blocks = OptionKinds.Whole("--blocks", 1, 1000, "Transformer blocks of attention and vit");
    private readonly Option<int> window = OptionKinds.Whole("--window", 2, 64, "Steps of a signature window of grid [default: 4]");
    private readonly Option<ImageAugmentations> augment = Augment();
    private readonly Option<int> epochs = OptionKinds.Whole("--epochs", 1, 1_000_000, "Passes over the training images");
    private readonly Option<int> batchSize = OptionKinds.Whole("--batch-size", 1, 1_000_000, "Images per batch");
    private readonly Option<OptimizerKind> optimizer = OptionKinds.Choice(
        "--optimizer", "Optimizer; sgd has a momentum of 0.9", Words(RecipeNames.Of, OptimizerKind.Adam, OptimizerKind.AdamW, OptimizerKind.Sgd));
    private readonly Option<double> learningRate = OptionKinds.Number(
        "--learning-rate", "a number above 0 and up to 10", value => value is > 0 and <= 10, "Step size of the optimizer");
    private readonly Option<double> weightDecay = OptionKinds.Number(
        "--weight-decay", "a number from 0 to 10", value => value is >= 0 and <= 10, "Decay of the weights: decoupled with adamw, else added to the gradient");
    private readonly Option<double> clipNorm = OptionKinds.Number(
        "--clip-norm", "0 or a number from 0.000001 to 1000000", value => value is 0 or (>= 1e-6 and <= 1e6), "Longest gradient of a step; a longer one is scaled down [default: 0, no limit]");
    private readonly Option<int> accumulate = OptionKinds.Whole(
        "--accumulate", 1, 1_000_000, "Batches whose gradients make one step: large steps in little memory [default: 1]");
    private readonly Option<double> average = OptionKinds.Number(
        "--average", "a number from 0 to below 1", value => value is >= 0 and < 1, "Decay of a running average of the weights, which is then what is measured and kept [default: 0, none]");
    private readonly Option<int> patience = OptionKinds.Whole(
        "--patience", 0, 1_000_000, "End after so many epochs without a better one on the images held back [default: 0, never]");
    private readonly Option<int> trainingMemory = OptionKinds.Whole(
        "--training-memory", 0, 1_000_000, "Megabytes that training may take beside the images; where they do not suffice for all threads, fewer work [default: 0, no limit]");
    private readonly Option<LossKind> loss = OptionKinds.Choice(
        "--loss", "Loss; both weigh rare classes up", Words(RecipeNames.Of, LossKind.Focal, LossKind.CrossEntropy));
    private readonly Option<double> labelSmoothing = OptionKinds.Number(
        "--label-smoothing", "a number from 0 to below 1", value => value is >= 0 and < 1, "Share of each target spread over all classes, for cross-entropy");
    private readonly Option<double> validation = OptionKinds.Number(
        "--validation", "a number from 0 to below 1", value => value is >= 0 and < 1, "Share of every class held back to choose the epoch [default: 0.1]");
    private readonly Option<ulong> seed = OptionKinds.Seed("Decides split, initial weights and order: the same seed gives the same model file [default: 1]");
    private readonly Option<int> threads = OptionKinds.Threads();

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(recipe);
        command.Add(model);
        features.AddTo(command);
        Option[] others =
        [
            standardize, neurons, blocks, window, augment, epochs, batchSize, optimizer, learningRate, weightDecay, clipNorm, accumulate, average, patience,
            loss, labelSmoothing, validation, seed, threads, trainingMemory,
        ];
        foreach (Option option in others)
            command.Add(option);
    }

    /// <summary>The recipe that the command line asks for.</summary>
    /// <param name="parse">The command line.</param>
    /// <exception cref="UsageException">The values do not fit together.</exception>
    public TrainingRecipe Read(ParseResult parse)
    {
        bool needsSignatures = features.SpeakOfPaths(parse) || parse.IsGiven(standardize) || parse.IsGiven(neurons);
        string? architecture = parse.IsGiven(model) ? parse.GetValue(model) : needsSignatures ? "conv" : null;
        TrainingRecipe start = TrainingRecipe.Named(parse.ValueOr(recipe, "default"), architecture);
        TrainingRecipe asked = start with
        {
            Features = features.Apply(parse, start.Features) with { Standardize = parse.ValueOr(standardize, start.Features.Standardize) },
            Augmentations = parse.ValueOr(augment, start.Augmentations),
            Epochs = parse.ValueOr(epochs, start.Epochs),
            BatchSize = parse.ValueOr(batchSize, start.BatchSize),
            Optimizer = parse.ValueOr(optimizer, start.Optimizer),
            LearningRate = (float)parse.ValueOr(learningRate, start.LearningRate),
            WeightDecay = (float)parse.ValueOr(weightDecay, start.WeightDecay),
            ClipNorm = (float)parse.ValueOr(clipNorm, start.ClipNorm),
            Accumulation = parse.ValueOr(accumulate, start.Accumulation),
            AverageDecay = (float)parse.ValueOr(average, start.AverageDecay),
            Patience = parse.ValueOr(patience, start.Patience),
            Loss = parse.ValueOr(loss, start.Loss),
            // A recipe's smoothing belongs to its cross-entropy; one that was asked for beside the focal loss is refused below.
            LabelSmoothing = (float)parse.ValueOr(labelSmoothing, parse.ValueOr(loss, start.Loss) == LossKind.Focal ? 0 : start.LabelSmoothing),
            Validation = parse.ValueOr(validation, start.Validation),
            Seed = parse.ValueOr(seed, start.Seed),
            Threads = parse.GetValue(threads),
            TrainingMemory = parse.GetValue(trainingMemory) * 1_000_000L,
        };
        try
        {
            if (parse.IsGiven(neurons))
                asked = asked.WithNeurons(parse.GetValue(neurons));
            if (parse.IsGiven(blocks))
                asked = asked.WithBlocks(parse.GetValue(blocks));
            if (parse.IsGiven(window))
                asked = asked.WithWindow(parse.GetValue(window));
            if (parse.IsGiven(features.Roots))
                asked = asked.WithRoots((float)parse.GetValue(features.Roots));
            return asked;
        }
        catch (SettingException impossible)
        {
            throw new UsageException(Failures.Describe(impossible));
        }
    }

    private static Option<ImageAugmentations> Augment() => new("--augment")
    {
        Description = "Copies that are added to the training images, with commas between them",
        HelpName = "hflip,vflip,brightness|none",
        CustomParser = argument =>
        {
            try
            {
                return RecipeNames.Augmentation(OptionKinds.Only(argument));
            }
            catch (SettingException)
            {
                return OptionKinds.Refuse<ImageAugmentations>(argument, "--augment", "some of hflip, vflip and brightness with commas between them, or none");
            }
        },
    };

    private static (string, T)[] Words<T>(Func<T, string> word, params T[] values) => [.. values.Select(value => (word(value), value))];
}
