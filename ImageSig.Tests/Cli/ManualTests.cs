using System.Diagnostics;
using System.Text.RegularExpressions;
using ImageSig.Cli;
using ImageSig.Cli.Commands;
using ImageSig.Cli.Display;
using ImageSig.Cli.Manual;
using ImageSig.Tests.Support;

namespace ImageSig.Tests.Cli;

/// <summary>Completion, the manual page and <c>help</c>, which are made from the commands.</summary>
public class ManualTests
{
    [ProgramTheory("bash", "bash")]
    [InlineData("imagesig tra", "train")]
    [InlineData("imagesig bench n", "nn")]
    [InlineData("imagesig train photos --val", "--validation")]
    [InlineData("imagesig train photos --fit let", "letterbox")]
    [InlineData("imagesig train photos --augment sta", "standard")]
    [InlineData("imagesig train photos --augment vf", "vflip")]
    [InlineData("imagesig image x.jpg --augment rotate4", "rotate45")]
    [InlineData("imagesig completion z", "zsh")]
    [InlineData("imagesig help exit", "exit-codes")]
    [InlineData("imagesig help tra", "train")]
    [InlineData("imagesig image x.jpg -o OUT", "")]
    [InlineData("imagesig train photos --image-size W", "")]
    [InlineData("imagesig train photos --checkpoint-every 5", "")]
    public void Bash_completes(string line, string expected)
    {
        using TemporaryFolder folder = new();
        string[] words = line.Split(' ');
        string asks = $"source '{Script(folder, "bash")}'; COMP_WORDS=({line}); COMP_CWORD={words.Length - 1}; _imagesig; printf '%s\\n' \"${{COMPREPLY[@]}}\"";
        Assert.Equal(expected, Run("bash", "-c", asks).Trim());
    }

    [ProgramTheory("fish", "fish")]
    [InlineData("imagesig tra", "train")]
    [InlineData("imagesig bench n", "nn")]
    [InlineData("imagesig train photos --valid", "--validation")]
    [InlineData("imagesig train photos --fit let", "letterbox")]
    [InlineData("imagesig completion z", "zsh")]
    [InlineData("imagesig help exit", "exit-codes")]
    public void Fish_completes(string line, string expected)
    {
        using TemporaryFolder folder = new();
        Assert.Equal(expected, Run("fish", "-c", $"source '{Script(folder, "fish")}'; complete -C '{line}'").Split('\t')[0].Trim());
    }

    [ProgramFact("zsh", "zsh")]
    public void Zsh_takes_its_script()
    {
        using TemporaryFolder folder = new();
        Assert.Equal("", Run("zsh", "-c", $"autoload -U compinit; compinit -u -d '{folder["dump"]}'; source '{Script(folder, "zsh")}'"));
    }

    [Fact]
    public void What_is_offered_for_an_option_is_what_it_takes()
    {
        using StringWriter nowhere = new();
        (CommandFacts Facts, OptionFacts Option)[] options =
            [.. CommandFacts.All(ProgramCommand.Create(new Terminal(nowhere, nowhere, isInteractive: false))).SelectMany(facts => facts.Options.Select(option => (facts, option)))];
        Assert.Contains(options, pair => pair.Option.Choices.Count > 0);
        Assert.All(options, pair =>
        {
            foreach (string word in pair.Option.Choices)
                Assert.DoesNotContain(pair.Facts.Command.Parse([pair.Option.Names[0], word]).Errors, error => error.Message.StartsWith($"{pair.Option.Names[0]} is", StringComparison.Ordinal));
            if (Regex.IsMatch(pair.Option.Value ?? "", @"^[a-z0-9-]+(\|[a-z0-9-]+)+$"))
                Assert.Equal(pair.Option.Value, string.Join('|', pair.Option.Choices));
        });
    }

    [Fact]
    public void Scripts_and_the_manual_page_name_every_command_and_option()
    {
        using StringWriter nowhere = new();
        IReadOnlyList<CommandFacts> commands = CommandFacts.All(ProgramCommand.Create(new Terminal(nowhere, nowhere, isInteractive: false)));
        Assert.True(commands.Count > 20);
        string[] texts = [.. new[] { "bash", "zsh", "fish", "powershell" }.Select(shell => Answer.To("completion", shell).Results), Answer.To("man").Results.Replace("\\-", "-", StringComparison.Ordinal)];
        foreach (string text in texts)
            foreach (CommandFacts facts in commands.Skip(1))
            {
                Assert.Contains(facts.Command.Name, text, StringComparison.Ordinal);
                Assert.All(facts.Options, option => Assert.Contains(option.Names[0][2..], text, StringComparison.Ordinal));
            }
    }

    [ProgramFact("groff", "groff")]
    public void The_manual_page_is_set_without_a_warning()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["imagesig.1"], Answer.To("man").Results);
        string page = Run("groff", "-man", "-Kutf8", "-Tutf8", "-ww", folder["imagesig.1"]);
        Assert.Contains("image recognition with path signatures", page, StringComparison.Ordinal);
        Assert.DoesNotContain("warning", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Help_tells_what_the_option_tells()
    {
        Assert.Equal(Answer.To("train", "--help"), Answer.To("help", "train"));
        Assert.Equal(Answer.To("bench", "nn", "--help"), Answer.To("help", "bench", "nn"));
        Assert.Equal(Answer.To("--help"), Answer.To("help"));
    }

    [Fact]
    public void Help_tells_a_default_once()
    {
        using StringWriter nowhere = new();
        IReadOnlyList<CommandFacts> commands = CommandFacts.All(ProgramCommand.Create(new Terminal(nowhere, nowhere, isInteractive: false)));
        Assert.All(commands.Skip(1), facts =>
            Assert.All(Answer.To([.. facts.Path.Split(' '), "--help"]).ResultLines, line => Assert.InRange(line.Split("[default: ").Length, 1, 2)));
    }

    [Fact]
    public void Every_topic_says_something_of_each_of_its_terms()
    {
        Assert.All(Topic.All, topic =>
        {
            Answer answer = Answer.To("help", topic.Name);
            Assert.Equal((ExitCode.Done, topic.Entries.Count + 1), (answer.Code, answer.ResultLines.Length));
            Assert.All(topic.Entries, entry => Assert.NotEmpty(entry.Meaning));
        });
    }

    private static string Script(TemporaryFolder folder, string shell)
    {
        File.WriteAllText(folder["script"], Answer.To("completion", shell).Results);
        return folder["script"];
    }

    private static string Run(string program, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["LC_ALL"] = "C.UTF-8";
        using Process process = Process.Start(start)!;
        Task<string> messages = process.StandardError.ReadToEndAsync();
        string results = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return results + messages.Result;
    }
}
