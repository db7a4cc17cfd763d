using System.CommandLine;
using System.Text.RegularExpressions;
using ImageSig.Cli;
using ImageSig.Tests.Support;

namespace ImageSig.Tests.Readme;

/// <summary>Command lines and options that pages name are those of the program.</summary>
public sealed partial class DocumentedCommandTests
{
    /// <summary>Pages whose lines other tests run whole, with variables of a shell in them.</summary>
    private static readonly string[] RunElsewhere = ["docs/cluster.md"];

    /// <summary>Options of other programs.</summary>
    private static readonly HashSet<string> OfOthers = ["--project", "--filter", "--joblog", "--resume-failed", "--sshlogin", "--codec", "--quick", "--only", "--prerelease", "--source", "--yes", "--clear"];

    [Fact]
    public void Every_line_of_a_shell_block_is_taken_by_the_program()
    {
        Command program = CommandReferenceTests.TheProgram();
        List<string> refused = [];
        foreach (string document in Documents.All.Except(RunElsewhere))
            foreach (string line in DocumentedCommands.Lines(document))
                foreach (string[] call in DocumentedCommands.Calls(line))
                    if (Application.Mistake(program.Parse(call, new ParserConfiguration { ResponseFileTokenReplacer = null }), call) is { } mistake)
                        refused.Add($"{document}: imagesig {string.Join(' ', call)}: {mistake}");
        Assert.Empty(refused);
    }

    [Fact]
    public void Every_option_that_a_page_names_is_there()
    {
        HashSet<string> known = [.. ImageSig.Cli.Manual.CommandFacts.All(CommandReferenceTests.TheProgram()).SelectMany(facts => facts.Command.Options).SelectMany(option => (string[])[option.Name, .. option.Aliases]), .. OfOthers];
        Assert.All(Documents.All, document => Assert.All(
            Named().Matches(Documents.Prose(document)).SelectMany(code => LongOption().Matches(code.Value)).Select(option => option.Value), option => Assert.True(known.Contains(option), $"{document} names {option}")));
    }

    [Fact]
    public void A_line_is_read_as_a_shell_reads_it()
    {
        Assert.Equal(
            [["train", "my photos", "-o", "a b"], ["man"]],
            DocumentedCommands.Calls("imagesig train 'my photos' -o \"a b\" && imagesig man | man -l -").ToArray());
        Assert.Equal([["watch", "-m", "a"]], DocumentedCommands.Calls("rpicam-vid -o - | exec imagesig watch -m a > log").ToArray());
        Assert.Empty(DocumentedCommands.Calls("man imagesig"));
    }

    [GeneratedRegex("`[^`\n]+`")]
    private static partial Regex Named();

    [GeneratedRegex("(?<![\\w-])--[a-z][a-z0-9-]*")]
    private static partial Regex LongOption();
}
