using System.CommandLine;
using ImageSig.Imaging;
using ImageSig.NN;
using ImageSig.Signature;
using ImageSig.Tensors;

namespace ImageSig.Cli.Arguments;

/// <summary>The options that say how images become features; what is not given stays as it was.</summary>
internal sealed class FeatureArguments
{
    private readonly Option<ImageSize> size = ImageSize.Option();
    private readonly Option<int> depth = OptionKinds.Whole("--depth", 1, 12, "Truncation depth of the signatures [default: 4]");
    private readonly Option<bool> twoDirection = OptionKinds.Switch("--two-direction", "Signatures of the columns too, after those of the rows");
    private readonly Option<bool> basepoint = OptionKinds.Switch("--basepoint", "Start every path at black, so that absolute colour counts");

    private readonly Option<bool> time = OptionKinds.Switch("--time", "Add time, from 0 to 1 along the path, as a channel");
    private readonly Option<LogSignatureBasis?> logSignature = OptionKinds.Choice(
        "--log-signature", "Log-signatures in this basis instead of signatures [default: none]",
        [.. ((LogSignatureBasis?[])[LogSignatureBasis.Words, LogSignatureBasis.Brackets, LogSignatureBasis.Expanded, null]).Select(basis => (RecipeNames.Of(basis), basis))]);
    private readonly Option<ImageFit> fit = OptionKinds.Fit(
        "How other aspect ratios are brought to size: squeeze the whole image, take its centre, or put bars beside it [default: stretch; crop for grid, cnn and vit]");
    private readonly Option<bool> scaledDecoding = OptionKinds.Switch(
        "--scaled-decoding", "Decode a JPEG at the smallest of 1/1, 1/2, 1/4 and 1/8 that covers the size, instead of whole [default: true in train's default recipe, else false]");

    /// <summary>Of the features, or of the signatures that a model takes by itself.</summary>
    public Option<double> Roots { get; } = OptionKinds.Number(
        "--roots", $"0 or a number from {SignedRoots.MinEpsilon:0.000000} to {SignedRoots.MaxEpsilon}", value => value is 0 or (>= SignedRoots.MinEpsilon and <= SignedRoots.MaxEpsilon),
        "Signed roots of signature levels, with this epsilon; 0 for none [default: 0.01 for grid, else 0]");

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(size);
        command.Add(depth);
        command.Add(twoDirection);
        command.Add(basepoint);
        command.Add(time);
        command.Add(logSignature);
        command.Add(Roots);
        command.Add(fit);
        command.Add(scaledDecoding);
    }

    /// <summary>Whether an option about paths was given, which means nothing to a model that takes pixels.</summary>
    public bool SpeakOfPaths(ParseResult parse) => ((Option[])[depth, twoDirection, basepoint, time, logSignature]).Any(parse.IsGiven);

    /// <summary><paramref name="options"/> with what the command line changes.</summary>
    /// <exception cref="UsageException">The sizes are possible one by one, but not together.</exception>
    public FeatureOptions Apply(ParseResult parse, FeatureOptions options)
    {
        ImageSize given = parse.ValueOr(size, new ImageSize(options.Width, options.Height));
        FeatureOptions changed = options with
        {
            Width = given.Width,
            Height = given.Height,
            Depth = parse.ValueOr(depth, options.Depth),
            TwoDirection = parse.ValueOr(twoDirection, options.TwoDirection),
            Basepoint = parse.ValueOr(basepoint, options.Basepoint),
            Time = parse.ValueOr(time, options.Time),
            LogSignature = parse.ValueOr(logSignature, options.LogSignature),
            Roots = options.Input == ModelInput.Signatures ? (float)parse.ValueOr(Roots, options.Roots) : options.Roots,
            Fit = parse.ValueOr(fit, options.Fit),
            ScaledDecoding = parse.ValueOr(scaledDecoding, options.ScaledDecoding),
        };
        try
        {
            changed.Check();
            return changed;
        }
        catch (SettingException impossible)
        {
            throw new UsageException(Failures.Describe(impossible));
        }
    }
}
