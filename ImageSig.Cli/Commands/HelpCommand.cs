using System.CommandLine;
using ImageSig.Cli.Arguments;
using ImageSig.Cli.Display;
using ImageSig.Cli.Manual;

namespace ImageSig.Cli.Commands;

/// <summary><c>imagesig help</c>: about a command what its <c>--help</c> tells, and about topics that belong to no command.</summary>
internal static class HelpCommand
{
    public static Command Create(Terminal terminal)
    {
        string[] topics = [.. Topic.All.Select(topic => topic.Name)];
        ChoiceArgument<string[]> words = new("TOPIC", [.. ProgramCommand.Names, .. topics]) { Description = "A command, or one of " + string.Join(", ", topics), Arity = ArgumentArity.ZeroOrMore };
        ExampleCommand command = new("help", "Explains a command or a topic.", "imagesig help train", "imagesig help bench nn", "imagesig help exit-codes") { words };
        command.SetAction(parse =>
        {
            string[] asked = parse.GetValue(words) ?? [];
            if (asked is [string name] && Topic.All.FirstOrDefault(topic => topic.Name == name) is { } found)
            {
                found.Write(terminal.Results);
                return ExitCode.Done;
            }
            Command program = parse.RootCommandResult.Command;
            if (!CommandFacts.All(program).Any(facts => facts.Path == string.Join(' ', asked)))
                throw new UsageException($"there is no command or topic '{string.Join(' ', asked)}'; " + (Meant(asked, program) is { } meant
                    ? $"did you mean {meant}?"
                    : $"topics are {string.Join(", ", topics)}, and 'imagesig --help' lists the commands."));
            return program.Parse([.. asked, "--help"]).Invoke(parse.InvocationConfiguration);
        });
        return command;
    }

    /// <summary>The words up to the first that is not known, and what may have been meant by that one; null where nothing is near.</summary>
    private static string? Meant(string[] asked, Command program)
    {
        Command command = program;
        for (int i = 0; i < asked.Length; i++)
        {
            if (command.Subcommands.FirstOrDefault(below => below.Name == asked[i]) is { } known)
            {
                command = known;
                continue;
            }
            string? name = i == 0 ? Suggestion.Among(asked[i], [.. program.Subcommands.Select(below => below.Name), .. Topic.All.Select(topic => topic.Name)]) : Suggestion.For(asked[i], command);
            return name is null ? null : string.Join(' ', [.. asked[..i], name]);
        }
        return null;
    }
}
