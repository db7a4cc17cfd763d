namespace ImageSig;

/// <summary>Preprocessing between its type and its JSON.</summary>
internal static class MetadataConversion
{
    public static PreprocessingJson ToJson(FeatureOptions options) => new(
        RecipeNames.Of(options.Input), options.Width, options.Height, RecipeNames.Of(options.Fit), options.ScaledDecoding, options.Depth,
        options.TwoDirection, options.Basepoint, options.Time, RecipeNames.Of(options.LogSignature), options.Standardize,
        options.Roots == 0 ? null : options.Roots);

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
        Roots = json.Roots ?? 0,
    };
}
