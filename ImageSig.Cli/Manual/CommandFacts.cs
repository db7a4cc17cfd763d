using System.CommandLine;
using ImageSig.Cli.Arguments;
using ImageSig.Cli.Commands;

namespace ImageSig.Cli.Manual;

/// <summary>A command as manuals and shells want to know it.</summary>
/// <param name="Path">Its words behind the program's name, such as <c>bench nn</c>; empty for the program.</param>
/// <param name="Command">The command.</param>
internal sealed record CommandFacts(string Path, Command Command)
{
    /// <summary>The program and all commands below it, each before those that are below it.</summary>
    public static IReadOnlyList<CommandFacts> All(Command program)
    {
        List<CommandFacts> all = [];
        Visit(program, "");
        return all;

        void Visit(Command command, string path)
        {
            all.Add(new CommandFacts(path, command));
            foreach (Command below in command.Subcommands.Where(below => !below.Hidden))
                Visit(below, path.Length == 0 ? below.Name : $"{path} {below.Name}");
        }
    }

    /// <summary>The word that leads to it, behind what leads to the command above: <c>/train</c>, <c>bench/nn</c>.</summary>
    public string Entrance => Path.LastIndexOf(' ') is int last and >= 0 ? $"{Path[..last]}/{Path[(last + 1)..]}" : $"/{Path}";

    /// <summary>A text as bash and zsh take it literally.</summary>
    public static string Quoted(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    /// <summary>The commands right below it, each with what it does.</summary>
    public IEnumerable<(string Name, string Description)> Below => Command.Subcommands.Where(below => !below.Hidden).Select(below => (below.Name, below.Description ?? ""));

    /// <summary>The words that may stand right behind it: the commands below it, and what its arguments take where that is known.</summary>
    public IEnumerable<(string Name, string Description)> Words => Below.Concat(Command.Arguments.OfType<IChoice>().SelectMany(choice => choice.Words).Select(word => (word, "")));

    /// <summary>Its options, that for help last.</summary>
    public IEnumerable<OptionFacts> Options =>
        Command.Options.Where(option => !option.Hidden && option is not HelpSwitch).Select(OptionFacts.Of).Append(new OptionFacts(["--help", "-h"], HelpSwitch.Text, null));

    /// <summary>Its arguments, such as <c>DIR</c>, those in brackets that may be left out.</summary>
    public IEnumerable<string> Arguments => Command.Arguments.Where(argument => !argument.Hidden).Select(argument =>
    {
        string name = argument.Arity.MaximumNumberOfValues > 1 ? $"{argument.Name}…" : argument.Name;
        return argument.Arity.MinimumNumberOfValues == 0 ? $"[{name}]" : name;
    });

    /// <summary>Whole command lines that use it.</summary>
    public IReadOnlyList<string> Examples => Command is ExampleCommand { Examples: var examples } ? examples : [];
}

/// <summary>An option as manuals and shells want to know it.</summary>
/// <param name="Names">Its name, then others for the same.</param>
/// <param name="Description">What it does.</param>
/// <param name="Value">What it takes, such as <c>FILE</c> or <c>stretch|crop</c>; null where it takes nothing.</param>
internal sealed record OptionFacts(IReadOnlyList<string> Names, string Description, string? Value)
{
    /// <summary>The words that it takes; none where it takes something else.</summary>
    public IReadOnlyList<string> Choices { get; private init; } = [];

    public static OptionFacts Of(Option option) =>
        new([option.Name, .. option.Aliases.Order(StringComparer.Ordinal)], option.Description ?? "", option.ValueType == typeof(bool) ? null : option.HelpName ?? "VALUE")
        {
            Choices = (option as IChoice)?.Words ?? [],
        };
}
