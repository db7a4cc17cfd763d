namespace ImageSig.Cli.Arguments;

/// <summary>What a command takes where options of features are absent, in the words of its help. Commands differ in it: they begin from different recipes.</summary>
/// <param name="Size">Of <c>--image-size</c>.</param>
/// <param name="Paths">Of the switches that concern paths; empty where they are off, as a switch is.</param>
/// <param name="Roots">Of <c>--roots</c>.</param>
/// <param name="Fit">Of <c>--fit</c>.</param>
/// <param name="Decoding">Of <c>--scaled-decoding</c>.</param>
internal sealed record FeatureDefaults(string Size, string Paths, string Roots, string Fit, string Decoding)
{
    private const string OfRecipe = " [default: true in train's default recipe, else false]";

    /// <summary>Of training, with a recipe of any name.</summary>
    public static FeatureDefaults OfTraining { get; } = new(
        "64; 96 for transfer", OfRecipe, "0.01 for grid, else 0", "stretch; crop for grid, cnn, vit and transfer", OfRecipe);

    /// <summary>Of the default recipe's networks but transfer, of which no weights are imported.</summary>
    public static FeatureDefaults OfImport { get; } = new("64", " [default: true]", "0.01 for grid, else 0", "stretch; crop for grid, cnn and vit", " [default: true]");

    /// <summary>Of features as arrays, and of pictures in a cache as the default recipe takes them.</summary>
    public static FeatureDefaults OfFeatures { get; } = new(
        "64; with --for transfer 96", "", "0", "stretch; with --cache crop, but for fc, conv and attention", " [default: false; with --cache true]");
}
