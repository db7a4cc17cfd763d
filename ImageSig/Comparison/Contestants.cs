using ImageSig.NN;
using ImageSig.Tensors;

namespace ImageSig.Comparison;

/// <summary>All that can be compared, in the order in which they are tried: what says most for its time first.</summary>
internal static class Contestants
{
    /// <summary>Of the paper's 300 epochs, and of the 3,000 of attention, which a comparison has no time for.</summary>
    private const int PaperEpochs = 30;

    private static readonly Contestant[] Baselines = [new PixelContestant(), new HistogramContestant()];

    private static readonly Contestant[] Networks =
    [
        Default(ModelKinds.Grid, "signatures of small windows"),
        Grid("grid-8", "the same, windows of 8", "window", 8),
        Grid("grid-deep", "the same, three convolutions", "convolutions", 3),
        Default(ModelKinds.Conv, "signatures of rows and columns, convolutions"),
        Default(ModelKinds.Fc, "signatures of rows and columns, dense"),
        Default(ModelKinds.Cnn, "convolutions on pixels"),
        Paper(ModelKinds.Conv),
        Paper(ModelKinds.Fc),
        Default(ModelKinds.Attention, "signatures of rows and columns, attention"),
        Default(ModelKinds.Vit, "a vision transformer on pixels"),
        Paper(ModelKinds.Attention),
    ];

    /// <summary>The names of all, with that of a pretrained network.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Baselines.Select(one => one.Name), ModelKinds.Transfer, .. Networks.Select(one => one.Name)];

    /// <summary>The list of them.</summary>
    /// <param name="backbone">A pretrained network, on which the network that is trained in the shortest time is built; null for none.</param>
    public static IReadOnlyList<Contestant> With(Backbone? backbone) => [.. Baselines, .. backbone is null ? (Contestant[])[] : [Pretrained(backbone)], .. Networks];

    /// <summary>Whether what has this name shows how easy the images are, and is no network to take.</summary>
    public static bool IsBaseline(string name) => Baselines.Any(baseline => baseline.Name == name);

    /// <summary>A classifier on the features of a pretrained network, which stays as it is.</summary>
    private static NetworkContestant Pretrained(Backbone backbone) => new(
        ModelKinds.Transfer, $"features of {backbone.Name}", Recipe(ModelKinds.Transfer).WithBackbone(backbone));

    private static NetworkContestant Grid(string name, string description, string setting, int value) => new(
        name, description, Recipe(ModelKinds.Grid) with { Model = ModelKinds.Named(ModelKinds.Grid).With(setting, value) });

    private static NetworkContestant Default(string model, string description) => new(model, description, Recipe(model));

    private static NetworkContestant Paper(string model) => new(
        $"paper-{model}", $"{model} with the paper's recipe, {PaperEpochs} epochs",
        TrainingRecipe.Named(TrainingRecipe.Paper, model).WithTraining(options => options with { Epochs = PaperEpochs }));

    private static TrainingRecipe Recipe(string model) => TrainingRecipe.Named(TrainingRecipe.Default, model);
}
