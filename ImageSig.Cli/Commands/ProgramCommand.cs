using System.CommandLine;
using ImageSig.Cli.Display;

namespace ImageSig.Cli.Commands;

/// <summary><c>imagesig</c> itself: the list of commands, <c>--help</c> and <c>--version</c>.</summary>
internal static class ProgramCommand
{
    /// <summary>The version of this build, without the commit that the SDK appends after a plus sign.</summary>
    public static string Version => BuildVersion.Informational.Split('+')[0];

    /// <summary>Every command by its name, in the order of the help text.</summary>
    private static readonly Entry[] Commands =
    [
        new("check", CheckCommand.Create),
        new("train", TrainCommand.Create),
        new("sweep", SweepCommand.Create),
        new("compare", CompareCommand.Create),
        new("evaluate", EvaluateCommand.Create),
        new("report", ReportCommand.Create),
        new("predict", PredictCommand.Create),
        new("watch", WatchCommand.Create),
        new("features", FeaturesCommand.Create),
        new("cache", CacheCommand.Create),
        new("signature", SignatureCommand.Create),
        new("inspect", InspectCommand.Create),
        new("quantize", QuantizeCommand.Create),
        new("export", ExportCommand.Create),
        new("import", ImportCommand.Create),
        new("demo", DemoCommand.Create),
        new("image", ImageCommand.Create),
        new("bench", BenchCommand.Create),
        new("info", InfoCommand.Create),
        new("selftest", SelfTestCommand.Create),
        new("help", HelpCommand.Create),
        new("completion", CompletionCommand.Create),
        new("man", ManCommand.Create),
    ];

    /// <summary>The names of all commands, in the order of the help text.</summary>
    public static IEnumerable<string> Names => Commands.Select(entry => entry.Name);

    /// <summary>The whole program.</summary>
    public static Command Create(Terminal terminal) => Of(terminal, Commands);

    /// <summary>As much of the program as a command line needs: the command that it begins with, for building all of them takes longer than some of them run.</summary>
    public static Command Create(Terminal terminal, string[] arguments) => Of(terminal, arguments switch
    {
        ["--version"] => [],
        // These tell of all.
        ["help" or "completion" or "man", ..] => Commands,
        [string first, ..] when Array.Find(Commands, entry => entry.Name == first) is { } known => [known],
        _ => Commands,
    });

    private static Command Of(Terminal terminal, Entry[] commands)
    {
        // Not a RootCommand: that one is named after the running process, which is "dotnet" or a test host as often as "imagesig".
        Option<bool> version = new("--version") { Description = "Show the version" };
        Command program = new("imagesig", "Image recognition with path signatures: train on a folder of images, predict, in one program.") { version };
        foreach (Entry entry in commands)
            program.Add(entry.Create(terminal));
        program.Add(new HelpSwitch());
        program.SetAction(parse =>
        {
            if (parse.GetValue(version))
            {
                terminal.Results.WriteLine($"imagesig {Version}");
                return ExitCode.Done;
            }
            terminal.Complain("no command was given.");
            terminal.Messages.WriteLine("Try 'imagesig --help'.");
            return ExitCode.WrongUsage;
        });
        return program;
    }

    /// <summary>A command that is built when it is asked for.</summary>
    private sealed class Entry(string name, Func<Terminal, Command> create)
    {
        public string Name { get; } = name;

        public Func<Terminal, Command> Create { get; } = create;
    }
}
