using System.CommandLine;
using System.Globalization;
using ImageSig.NN;
using ImageSig.Tensors;

namespace ImageSig.Cli.Arguments;

/// <summary>The options that say which network, and how images become what it takes: for a command that does not train.</summary>
internal sealed class ArchitectureArguments
{
    private static readonly Rows<TrainingRecipe, TrainingRecipe> Recipe = new(recipe => recipe, (_, recipe) => recipe);
    private static readonly Rows<TrainingRecipe, FeatureOptions> Features = new(recipe => recipe.Features, (recipe, options) => recipe with { Features = options });

    private readonly Option<string> model = OptionKinds.Choice(
        "--model", "Architecture [default: grid; conv with options that speak of paths or neurons]", ModelKinds.Names.Where(kind => kind != ModelKinds.Transfer));

    private readonly IReadOnlyList<Row<TrainingRecipe>> rows = SharedRows([TimeRows.Channel(Features)], FeatureDefaults.OfImport);

    /// <summary>All options, in the order of the help.</summary>
    public IEnumerable<Option> Options => [model, .. rows.Select(row => row.Option)];

    /// <summary>Those of features, and of the networks that most kinds have.</summary>
    /// <param name="time">Made by <see cref="TimeRows"/>: in training, time may be that of the training.</param>
    /// <param name="defaults">What the command's help says of options that are absent.</param>
    public static IReadOnlyList<Row<TrainingRecipe>> SharedRows(IReadOnlyList<Row<TrainingRecipe>> time, FeatureDefaults defaults) =>
    [
        .. FeatureRows.Of(Features, time, FeatureRows.Roots(
            Recipe, defaults, recipe => recipe.Model is GridSpec grid ? grid.Roots : recipe.Features.Roots, (recipe, value) => recipe.WithRoots((float)value)), defaults),
        Features.Switch(
            "--standardize", "Bring every feature to mean 0 and variance 1 over the training set" + defaults.Paths,
            options => options.Standardize, (options, value) => options with { Standardize = value }).ForSignatures(),
        OfModel("--neurons", "neurons", "Width of the hidden dense layer [default: 50]").ForSignatures(),
        OfModel("--blocks", "blocks", "Transformer blocks [default: 1 for attention, 4 for vit]"),
        OfModel("--window", "window", "Steps of a signature window of grid [default: 4]"),
        OfModel("--grids", "grids", "Grids of windows of grid: the second lies half a window further down and right, so that windows overlap [default: 2]"),
        OfModel("--channels", "channels", "Channels of grid's convolutions: more of them take more arithmetic and make a larger file [default: 40]"),
        OfModel("--convolutions", "convolutions", "Convolutions over the grid: 3 of them take a quarter less arithmetic than 2, and help where things are told apart [default: 2]"),
        OfModel("--place-weights", "placeWeights", "Weights of places of grid: with 1 the mean over the picture learns what a place counts for by its distance from the edges, which helps where things stand in the middle [default: 0]"),
    ];

    /// <summary>A setting of some kinds of models, in the bounds of any of them unless the command line offers less.</summary>
    public static Row<TrainingRecipe> OfModel(string name, string setting, string help)
    {
        ModelSetting[] known = [.. ModelKinds.Names.SelectMany(kind => ModelKinds.Named(kind).Settings).Where(own => own.Name == setting)];
        Option<int> option = OptionKinds.Whole(name, Bounds.Whole(known.Min(own => own.Min), known.Max(own => own.Max)), help);
        return new(
            option,
            (parse, recipe) => recipe with { Model = recipe.Model.With(setting, parse.GetValue(option)) },
            recipe => recipe.Model.Settings.FirstOrDefault(own => own.Name == setting)?.Get(recipe.Model).ToString(CultureInfo.InvariantCulture) ?? "none");
    }

    /// <summary>The recipe whose network and features the command line asks for.</summary>
    /// <exception cref="SettingException">The values do not fit together.</exception>
    public TrainingRecipe Read(ParseResult parse)
    {
        bool needsSignatures = rows.Any(row => row.NeedsSignatures && parse.IsGiven(row.Option));
        return rows.Aggregate(
            TrainingRecipe.Named(TrainingRecipe.Default, parse.GetValue(model) ?? (needsSignatures ? ModelKinds.Conv : null)), (recipe, row) => row.Apply(parse, recipe));
    }
}
