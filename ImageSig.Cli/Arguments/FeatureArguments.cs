using System.CommandLine;
using ImageSig.Tensors;

namespace ImageSig.Cli.Arguments;

/// <summary>The options that say how images become features, for a command that does just that.</summary>
internal sealed class FeatureArguments
{
    private static readonly Rows<FeatureOptions, FeatureOptions> Features = new(options => options, (_, options) => options);

    private readonly IReadOnlyList<Row<FeatureOptions>> rows = FeatureRows.Of(
        Features, [TimeRows.Channel(Features)],
        FeatureRows.Roots(Features, FeatureDefaults.OfFeatures, options => options.Roots, (options, value) => options with { Roots = (float)value }).ForSignatures(), FeatureDefaults.OfFeatures);

    /// <summary>Those that change nothing about the pictures that features are taken of.</summary>
    public IEnumerable<Option> OfPaths => rows.Where(row => row.NeedsSignatures).Select(row => row.Option);

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (Row<FeatureOptions> row in rows)
            command.Add(row.Option);
    }

    /// <summary>What the command line asks for.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="start">What it does not say.</param>
    /// <exception cref="SettingException">The values are possible one by one, but not together.</exception>
    public FeatureOptions Read(ParseResult parse, FeatureOptions start)
    {
        FeatureOptions options = rows.Aggregate(start, (options, row) => row.Apply(parse, options));
        options.Check();
        return options;
    }
}
