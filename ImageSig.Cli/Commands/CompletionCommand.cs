using System.CommandLine;
using ImageSig.Cli.Arguments;
using ImageSig.Cli.Display;
using ImageSig.Cli.Manual;

namespace ImageSig.Cli.Commands;

/// <summary><c>imagesig completion</c>: a script that lets a shell complete commands, options and their words, made from the commands themselves.</summary>
internal static class CompletionCommand
{
    private static readonly Dictionary<string, Func<IReadOnlyList<CommandFacts>, string>> Shells = new()
    {
        ["bash"] = BashCompletion.Of,
        ["zsh"] = ZshCompletion.Of,
        ["fish"] = FishCompletion.Of,
        ["powershell"] = PowerShellCompletion.Of,
    };

    public static Command Create(Terminal terminal)
    {
        ChoiceArgument<string> shell = new("SHELL", [.. Shells.Keys]) { Description = string.Join(", ", Shells.Keys) };
        ExampleCommand command = new(
            "completion", "Prints a script with which a shell completes command lines of this program.",
            "source <(imagesig completion bash)",
            "imagesig completion zsh > ~/.zfunc/_imagesig",
            "imagesig completion fish > ~/.config/fish/completions/imagesig.fish")
        {
            shell,
        };
        command.SetAction(parse =>
        {
            string name = parse.GetRequiredValue(shell);
            if (!Shells.TryGetValue(name, out Func<IReadOnlyList<CommandFacts>, string>? script))
                throw new UsageException($"SHELL is '{name}'; it must be one of {string.Join(", ", Shells.Keys)}.");
            terminal.Results.Write(script(CommandFacts.All(parse.RootCommandResult.Command)));
            return ExitCode.Done;
        });
        return command;
    }
}
