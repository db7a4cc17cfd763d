using System.CommandLine;
using System.CommandLine.Help;
using System.Reflection;
using ImageSig.Cli.Display;

namespace ImageSig.Cli.Commands;

/// <summary><c>imagesig</c> itself: the list of commands, <c>--help</c> and <c>--version</c>.</summary>
internal static class ProgramCommand
{
    /// <summary>The version of this build, without the commit that the SDK appends after a plus sign.</summary>
    public static string Version { get; } =
        (typeof(ProgramCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()
            ?.InformationalVersion ?? "0.0.0").Split('+')[0];

    public static Command Create(Terminal terminal)
    {
        // Not a RootCommand: that one is named after the running process, which is "dotnet" or a test host as often as "imagesig".
        Option<bool> version = new("--version") { Description = "Show the version" };
        Command program = new("imagesig", "Image recognition with path signatures: train on a folder of images, predict, in one program.")
        {
            version,
            CheckCommand.Create(terminal),
            TrainCommand.Create(terminal),
            SweepCommand.Create(terminal),
            CompareCommand.Create(terminal),
            EvaluateCommand.Create(terminal),
            ReportCommand.Create(terminal),
            PredictCommand.Create(terminal),
            WatchCommand.Create(terminal),
            FeaturesCommand.Create(terminal),
            CacheCommand.Create(terminal),
            SignatureCommand.Create(terminal),
            InspectCommand.Create(terminal),
            QuantizeCommand.Create(terminal),
            ExportCommand.Create(terminal),
            ImportCommand.Create(terminal),
            DemoCommand.Create(terminal),
            ImageCommand.Create(terminal),
            BenchCommand.Create(terminal),
            InfoCommand.Create(terminal),
            SelfTestCommand.Create(terminal),
            HelpCommand.Create(terminal),
            CompletionCommand.Create(terminal),
            ManCommand.Create(terminal),
            new HelpOption { Recursive = true, Action = new HelpWithExamples() },
        };
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
}
