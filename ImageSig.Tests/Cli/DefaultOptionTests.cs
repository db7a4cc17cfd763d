using System.CommandLine;
using System.Text.RegularExpressions;
using ImageSig.Cli.Arguments;
using ImageSig.Imaging;
using ImageSig.NN;

namespace ImageSig.Tests.Cli;

/// <summary>What the help says of absent options of features is what commands take without them.</summary>
public partial class DefaultOptionTests
{
    [Fact]
    public void Features_without_options_are_those_of_the_printed_defaults()
    {
        FeatureArguments arguments = new();
        Command command = new("features");
        arguments.AddTo(command);
        Assert.Equal(arguments.Read(command.Parse([]), new()), arguments.Read(command.Parse(Printed(command.Options)), new()));
    }

    [Fact]
    public void Pictures_of_a_cache_are_those_of_the_printed_defaults()
    {
        foreach (string kind in ModelKinds.Names.Intersect(["fc", "conv", "attention", "grid", "cnn", "vit", "transfer"]))
        {
            FeatureOptions taken = TrainingRecipe.Named(TrainingRecipe.Default, kind).Features;
            Assert.Equal((kind == "transfer" ? 96 : 64, kind is "fc" or "conv" or "attention" ? ImageFit.Stretch : ImageFit.Crop, true), (taken.Width, taken.Fit, taken.ScaledDecoding));
        }
        FeatureDefaults said = FeatureDefaults.OfFeatures;
        Assert.Equal(("64; with --for transfer 96", "stretch; with --cache crop, but for fc, conv and attention", " [default: false; with --cache true]"), (said.Size, said.Fit, said.Decoding));
    }

    [Fact]
    public void An_imported_network_of_signatures_has_the_features_of_the_printed_defaults()
    {
        ArchitectureArguments arguments = new();
        Command command = new("import");
        foreach (Option option in arguments.Options)
            command.Add(option);
        string[] ofFeatures = ["--image-size", "--depth", "--two-direction", "--basepoint", "--time", "--log-signature", "--roots", "--fit", "--scaled-decoding", "--standardize"];
        string[] printed = Printed(command.Options.Where(option => ofFeatures.Contains(option.Name)));
        Assert.Equal(2 * ofFeatures.Length, printed.Length);
        Assert.Equal(arguments.Read(command.Parse(["--model", "conv"])).Features, arguments.Read(command.Parse(["--model", "conv", .. printed])).Features);
        Assert.DoesNotContain(command.Options, option => ofFeatures.Contains(option.Name) && option.Description!.Contains(ModelKinds.Transfer, StringComparison.Ordinal));
    }

    /// <summary>Options with what they say of themselves where they are absent: the first value, or the one for all else; of a switch that says nothing, false.</summary>
    private static string[] Printed(IEnumerable<Option> options) =>
    [
        .. options.SelectMany(option => new[] { option.Name, Default().Match(option.Description!) is { Success: true } found ? found.Groups["value"].Value : "false" }),
    ];

    [GeneratedRegex(@"\[default: (.*else )?(?<value>[^];, ]+)")]
    private static partial Regex Default();
}
