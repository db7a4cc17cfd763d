using System.CommandLine;
using ImageSig.Cli.Display;
using ImageSig.Cli.Manual;

namespace ImageSig.Cli.Commands;

/// <summary><c>imagesig man</c>: the manual page, made from the commands themselves.</summary>
internal static class ManCommand
{
    public static Command Create(Terminal terminal)
    {
        ExampleCommand command = new("man", "Prints the manual page of this program.", "imagesig man | man -l -", "imagesig man > /usr/local/share/man/man1/imagesig.1");
        command.SetAction(parse =>
        {
            terminal.Results.Write(ManualPage.Of(CommandFacts.All(parse.RootCommandResult.Command)));
            return ExitCode.Done;
        });
        return command;
    }
}
