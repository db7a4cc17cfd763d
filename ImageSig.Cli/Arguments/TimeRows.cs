using System.CommandLine;

namespace ImageSig.Cli.Arguments;

/// <summary><c>--time</c>, which means two things: a channel of every path, as in all commands that make features, and with a duration behind it how long a training takes.</summary>
internal static class TimeRows
{
    private const string AsChannel = "Add time, from 0 to 1 along the path, as a channel";

    /// <summary>The channel alone.</summary>
    public static Row<TSettings> Channel<TSettings>(Rows<TSettings, FeatureOptions> features) => features.Switch(
        "--time", AsChannel, options => options.Time, (options, value) => options with { Time = value }).ForSignatures();

    /// <summary>Both, as two rows of one option.</summary>
    /// <param name="isTold">Whether the help speaks of both, or of the channel alone, because the command refuses a limit and says why.</param>
    public static IReadOnlyList<Row<TrainingRecipe>> ChannelOrLimit(bool isTold)
    {
        string[] words = isTold ? [] : ["true", "false"];
        ChoiceOption<Time> option = new("--time", words)
        {
            Description = isTold
                ? "How long training takes, reading the images included, such as 90s, 10m or 1h30m: as many epochs as fit, by a measurement of a few steps; in place of --epochs. Without a duration behind it: add time, from 0 to 1 along the path, as a channel"
                : AsChannel,
            HelpName = isTold ? "10m" : string.Join('|', words),
            Arity = ArgumentArity.ZeroOrOne,
            CustomParser = argument => argument.Tokens.Count == 0 ? new(Channel: true, Limit: null)
                : bool.TryParse(OptionKinds.Only(argument), out bool channel) ? new(channel, Limit: null)
                : Duration.Parse(OptionKinds.Only(argument)) is { } limit ? new(Channel: null, limit)
                : OptionKinds.Refuse<Time>(argument, "--time", $"{Duration.Expected}, or nothing"),
        };
        return
        [
            new Row<TrainingRecipe>(
                option, (parse, recipe) => recipe with { Features = recipe.Features with { Time = parse.GetValue(option)!.Channel!.Value } },
                recipe => recipe.Features.Time ? "true" : "false", parse => parse.GetValue(option) is { Channel: not null }).ForSignatures(),
            new(option, (parse, recipe) => recipe with { TimeLimit = parse.GetValue(option)!.Limit }, recipe => $"{recipe.TimeLimit}", parse => parse.GetValue(option) is { Limit: not null }),
        ];
    }

    private sealed record Time(bool? Channel, TimeSpan? Limit);
}
