using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using ImageSig.NN;

namespace ImageSig.Cli.Arguments;

/// <summary>How often a training keeps what it has learned, and whether it goes on from there.</summary>
internal sealed class CheckpointArguments
{
    /// <summary><c>--resume</c>.</summary>
    public Option<bool> Resume { get; } = OptionKinds.Switch(
        "--resume", "Go on where an interrupted run of the same command stopped (it left MODEL.checkpoint); with other --epochs, on the learning rates of that many from there on");

    private readonly Option<Func<CheckpointOptions, CheckpointOptions>> every = new("--checkpoint-every")
    {
        Description = "Least time between two writings of the checkpoint, such as 5m, or a number of epochs; where the training is interrupted it is written in any case [default: 10s]",
        HelpName = "5m|N",
        CustomParser = argument => Parse(OptionKinds.Only(argument))
            ?? OptionKinds.Refuse<Func<CheckpointOptions, CheckpointOptions>>(argument, "--checkpoint-every", $"{Duration.Expected}, or a number of epochs"),
    };

    public void AddTo(Command command)
    {
        command.Add(Resume);
        command.Add(every);
    }

    /// <summary>Whether an earlier training is meant.</summary>
    public bool GoesOn(CommandResult given) => given.GetResult(Resume) is not null && given.GetValue(Resume);

    /// <summary>What the command line asks for.</summary>
    public CheckpointOptions Read(ParseResult parse, string path)
    {
        CheckpointOptions options = new(path, parse.GetValue(Resume));
        return parse.GetValue(every) is { } change ? change(options) : options;
    }

    private static Func<CheckpointOptions, CheckpointOptions>? Parse(string text) =>
        Duration.Parse(text) is { } interval ? options => options with { Interval = interval }
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int epochs) && TrainingOptions.EpochBounds.Contains(epochs)
            ? options => options with { Interval = TimeSpan.Zero, Epochs = epochs }
            : null;
}
