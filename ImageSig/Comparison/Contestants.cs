using ImageSig.NN;
using ImageSig.Tensors;

namespace ImageSig.Comparison;

/// <summary>All that can be compared, in the order in which they are tried: what says most for its time first. A pretrained network is one of them where it is given.</summary>
internal static class Contestants
{
    /// <summary>Of the paper's 300 epochs, which a comparison has no time for.</summary>
    private const int PaperEpochs = 30;

    /// <summary>The list of them.</summary>
    public static IReadOnlyList<Contestant> All { get; } =
    [
        new PixelContestant(),
        new HistogramContestant(),
        Default(ModelKinds.Grid, "signatures of small windows"),
        new NetworkContestant("grid-8", "the same, windows of 8", Recipe(ModelKinds.Grid) with { Model = ModelKinds.Named(ModelKinds.Grid).With("window", 8) }),
        Default(ModelKinds.Conv, "signatures of rows and columns, convolutions"),
        Default(ModelKinds.Fc, "signatures of rows and columns, dense"),
        Default(ModelKinds.Cnn, "convolutions on pixels"),
        Paper(ModelKinds.Conv),
        Paper(ModelKinds.Fc),
        Default(ModelKinds.Attention, "signatures of rows and columns, attention"),
        Default(ModelKinds.Vit, "a vision transformer on pixels"),
    ];

    /// <summary>A classifier on the features of a pretrained network, which stays as it is.</summary>
    public static Contestant Pretrained(Backbone backbone) => new NetworkContestant(
        ModelKinds.Transfer, $"features of {backbone.Name}", Recipe(ModelKinds.Transfer).WithBackbone(backbone));

    private static NetworkContestant Default(string model, string description) => new(model, description, Recipe(model));

    private static NetworkContestant Paper(string model) => new(
        $"paper-{model}", $"{model} with the paper's recipe, {PaperEpochs} epochs",
        TrainingRecipe.Named(TrainingRecipe.Paper, model).WithTraining(options => options with { Epochs = PaperEpochs }));

    private static TrainingRecipe Recipe(string model) => TrainingRecipe.Named(TrainingRecipe.Default, model);
}
