using ImageSig.NN;
using ImageSig.Tensors.Autodiff;

namespace ImageSig;

/// <summary>Architecture and preprocessing between their types and their JSON. What is read is held to bounds before anything is built from it.</summary>
internal static class MetadataConversion
{
    private const int MostBlocks = 1000, Widest = 4096;

    public static ArchitectureJson ToJson(ModelSpec spec) => spec switch
    {
        FcSpec fc => new(fc.Name, fc.Dropout, fc.Neurons),
        ConvSpec conv => new(conv.Name, conv.Dropout, conv.Neurons),
        AttentionSpec attention => new(
            attention.Name, attention.Dropout, attention.Neurons, attention.Blocks, attention.Heads, attention.KeySize, attention.BlockDropout,
            RecipeNames.Of(attention.Activation)),
        CnnSpec cnn => new(cnn.Name, cnn.Dropout, Folded: cnn.IsFolded),
        VitSpec vit => new(vit.Name, vit.Dropout, Blocks: vit.Blocks, Heads: vit.Heads, Patch: vit.Patch, Features: vit.Features),
        GridSpec grid => new(grid.Name, grid.Dropout, Window: grid.Window, Lift: grid.Lift, Channels: grid.Channels, Folded: grid.IsFolded),
        _ => throw new NotSupportedException($"The architecture '{spec.Name}' has no place in format version {ModelFile.FormatVersion}."),
    };

    public static ModelSpec ToSpec(ArchitectureJson json)
    {
        Rate(json.Dropout, "dropout");
        return json.Name switch
        {
            "fc" => new FcSpec(Neurons(json), json.Dropout),
            "conv" => new ConvSpec(Neurons(json), json.Dropout),
            "attention" => new AttentionSpec(
                Whole(json.Blocks, "blocks", MostBlocks), Neurons(json), json.Dropout, Whole(json.Heads, "heads", Widest),
                Whole(json.KeySize, "keySize", Widest), Rate(json.BlockDropout, "blockDropout"), RecipeNames.Activation(json.Activation ?? "")),
            "cnn" => new CnnSpec(json.Dropout) { IsFolded = json.Folded is true },
            "vit" => new VitSpec(
                Whole(json.Patch, "patch", Widest), Whole(json.Features, "features", Widest), Whole(json.Blocks, "blocks", MostBlocks),
                Whole(json.Heads, "heads", Widest), json.Dropout),
            "grid" => new GridSpec(
                Whole(json.Window, "window", Widest), Whole(json.Lift, "lift", Widest), Whole(json.Channels, "channels", Widest), json.Dropout)
            {
                IsFolded = json.Folded is true,
            },
            _ => throw new InvalidDataException($"the architecture '{json.Name}' is not known; {string.Join(", ", TrainingRecipe.Models)} are."),
        };
    }

    public static PreprocessingJson ToJson(FeatureOptions options) => new(
        RecipeNames.Of(options.Input), options.Width, options.Height, RecipeNames.Of(options.Fit), options.ScaledDecoding, options.Depth,
        options.TwoDirection, options.Basepoint, options.Time, RecipeNames.Of(options.LogSignature), options.Standardize);

    public static FeatureOptions ToOptions(PreprocessingJson json) => new()
    {
        Input = RecipeNames.Input(json.Input),
        Width = json.Width,
        Height = json.Height,
        Fit = RecipeNames.Fit(json.Fit),
        ScaledDecoding = json.ScaledDecoding,
        Depth = json.Depth,
        TwoDirection = json.TwoDirection,
        Basepoint = json.Basepoint,
        Time = json.Time,
        LogSignature = RecipeNames.LogSignature(json.LogSignature),
        Standardize = json.Standardize,
    };

    private static int Neurons(ArchitectureJson json) => Whole(json.Neurons, "neurons", TrainingRecipe.MaxNeurons);

    private static int Whole(int? value, string name, int most) => value >= 1 && value <= most
        ? value.Value
        : throw new InvalidDataException($"the architecture has {name} {value?.ToString() ?? "missing"}; 1 to {most} was expected.");

    private static float Rate(float? value, string name) => value is >= 0 and < 1
        ? value.Value
        : throw new InvalidDataException($"the architecture has {name} {value?.ToString() ?? "missing"}; 0 to below 1 was expected.");
}
