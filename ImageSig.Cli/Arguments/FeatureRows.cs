using ImageSig.Imaging;
using ImageSig.Signature;

namespace ImageSig.Cli.Arguments;

/// <summary>The options that say how images become features.</summary>
internal static class FeatureRows
{
    /// <summary>Those of every command that makes features.</summary>
    /// <param name="features">The part of the settings that they change.</param>
    /// <param name="time">Made by <see cref="TimeRows"/>: in training, time may be that of the training.</param>
    /// <param name="roots">Made by <see cref="Roots"/>: in training, roots may be the model's.</param>
    /// <param name="defaults">What the command's help says of options that are absent.</param>
    public static IReadOnlyList<Row<TSettings>> Of<TSettings>(
        Rows<TSettings, FeatureOptions> features, IReadOnlyList<Row<TSettings>> time, Row<TSettings> roots, FeatureDefaults defaults) =>
    [
        features.Of(
            ImageSize.Option("--image-size", FeatureOptions.SizeBounds, $"Size that every image is brought to [default: {defaults.Size}]"),
            options => new ImageSize(options.Width, options.Height), (options, value) => options with { Width = value.Width, Height = value.Height },
            size => size.ToString()),
        features.Whole(
            "--depth", FeatureOptions.DepthBounds, "Truncation depth of the signatures [default: 4]",
            options => options.Depth, (options, value) => options with { Depth = value }).ForSignatures(),
        features.Switch(
            "--two-direction", "Signatures of the columns too, after those of the rows" + defaults.Paths,
            options => options.TwoDirection, (options, value) => options with { TwoDirection = value }).ForSignatures(),
        features.Switch(
            "--basepoint", "Start every path at black, so that absolute color counts" + defaults.Paths,
            options => options.Basepoint, (options, value) => options with { Basepoint = value }).ForSignatures(),
        .. time,
        features.Choice(
            "--log-signature", "Log-signatures in this basis instead of signatures [default: none]",
            (IReadOnlyList<LogSignatureBasis?>)[.. OptionKinds.Bases, null], RecipeNames.Of,
            options => options.LogSignature, (options, value) => options with { LogSignature = value }).ForSignatures(),
        roots,
        features.Choice(
            "--fit", $"How other aspect ratios are brought to size: squeeze the whole image, take its center, or put bars beside it [default: {defaults.Fit}]",
            Enum.GetValues<ImageFit>(), RecipeNames.Of, options => options.Fit, (options, value) => options with { Fit = value }),
        features.Switch(
            "--scaled-decoding", "Decode a JPEG at the smallest of 1/1, 1/2, 1/4 and 1/8 that covers the size, instead of whole" + defaults.Decoding,
            options => options.ScaledDecoding, (options, value) => options with { ScaledDecoding = value }),
    ];

    /// <summary><c>--roots</c> of features, or of what a model takes signatures of by itself.</summary>
    public static Row<TSettings> Roots<TSettings>(
        Rows<TSettings, TSettings> settings, FeatureDefaults defaults, Func<TSettings, double> get, Func<TSettings, double, TSettings> set) =>
        settings.Number("--roots", FeatureOptions.RootsBounds, $"Signed roots of signature levels, with this epsilon; 0 for none [default: {defaults.Roots}]", get, set);
}
