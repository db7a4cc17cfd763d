using System.CommandLine;
using System.Runtime.CompilerServices;
using ImageSig.Cli.Commands;
using ImageSig.Cli.Display;
using ImageSig.Cli.Manual;
using ImageSig.Tests.Support;

namespace ImageSig.Tests.Readme;

public sealed class CommandReferenceTests
{
    /// <summary>Taken before any test: some register models and data sets of their own, which help then names too.</summary>
    private static string page = "";

    [Fact]
    public void The_page_of_commands_is_what_the_commands_say() => PinnedText.AssertIs("docs/cli.md", page);

    internal static Command TheProgram()
    {
        using StringWriter nowhere = new();
        return ProgramCommand.Create(new Terminal(nowhere, nowhere, isInteractive: false));
    }

    [ModuleInitializer]
    internal static void BeforeAnyTest() => page = CommandReference.Of(CommandFacts.All(TheProgram()));
}
