using ImageSig.NN;

namespace ImageSig;

/// <summary>Architecture and preprocessing between their types and their JSON.</summary>
internal static class MetadataConversion
{
    public static ArchitectureJson ToJson(ModelSpec spec) => spec switch
    {
        FcSpec fc => new(fc.Name, fc.Neurons, fc.Dropout),
        ConvSpec conv => new(conv.Name, conv.Neurons, conv.Dropout),
        _ => throw new NotSupportedException($"The architecture '{spec.Name}' has no place in format version {ModelFile.FormatVersion}."),
    };

    public static ModelSpec ToSpec(ArchitectureJson json)
    {
        if (json is not { Neurons: >= 1 and <= TrainingRecipe.MaxNeurons, Dropout: >= 0 and < 1 })
            throw new InvalidDataException($"the architecture has {json.Neurons} neurons and a dropout of {json.Dropout}; 1 to {TrainingRecipe.MaxNeurons} and 0 to below 1 were expected.");
        return json.Name switch
        {
            "fc" => new FcSpec(json.Neurons.Value, json.Dropout.Value),
            "conv" => new ConvSpec(json.Neurons.Value, json.Dropout.Value),
            _ => throw new InvalidDataException($"the architecture '{json.Name}' is not known; fc and conv are."),
        };
    }

    public static PreprocessingJson ToJson(FeatureOptions options) => new(
        options.Width, options.Height, options.Fit == FitMode.Crop ? "crop" : "stretch",
        options.Depth, options.TwoDirection, options.Basepoint, options.Time, RecipeNames.Of(options.LogSignature), options.Standardize);

    public static FeatureOptions ToOptions(PreprocessingJson json) => new()
    {
        Width = json.Width,
        Height = json.Height,
        Fit = json.Fit switch
        {
            "stretch" => FitMode.Stretch,
            "crop" => FitMode.Crop,
            _ => throw new InvalidDataException($"the fit '{json.Fit}' is not known; stretch and crop are."),
        },
        Depth = json.Depth,
        TwoDirection = json.TwoDirection,
        Basepoint = json.Basepoint,
        Time = json.Time,
        LogSignature = RecipeNames.LogSignature(json.LogSignature),
        Standardize = json.Standardize,
    };
}
