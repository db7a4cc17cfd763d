using System.CommandLine;
using System.Text.RegularExpressions;
using ImageSig.Cli;
using ImageSig.Cli.Commands;
using ImageSig.Cli.Display;
using ImageSig.Tensors;

namespace ImageSig.Tests.Cli;

public class ProgramTests
{
    [Fact]
    public void The_version_is_one_line_on_the_result_stream()
    {
        Answer answer = Answer.To("--version");
        Assert.Equal((ExitCode.Done, $"imagesig {ProgramCommand.Version}\n", ""), (answer.Code, answer.Results, answer.Messages));
        Assert.Matches(@"^\d+\.\d+\.\d+(-[\w.]+)?$", ProgramCommand.Version);
    }

    [Theory]
    [InlineData("fly", "'fly'")]
    [InlineData("--fly", "'--fly'")]
    [InlineData("inspect --fly 3", "'--fly'")]
    public void An_unknown_word_is_wrong_usage_and_named(string word, string named)
    {
        Answer answer = Answer.To(word.Split(' '));
        Assert.Equal((ExitCode.WrongUsage, ""), (answer.Code, answer.Results));
        string line = Assert.Single(answer.MessageLines);
        Assert.StartsWith("imagesig: ", line, StringComparison.Ordinal);
        Assert.Contains(named, line, StringComparison.Ordinal);
        Assert.EndsWith(word.StartsWith("inspect", StringComparison.Ordinal) ? "Try 'imagesig inspect --help'." : "Try 'imagesig --help'.", line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("trian x -o m", "'trian'; did you mean train?")]
    [InlineData("predcit", "'predcit'; did you mean predict?")]
    [InlineData("bench decoed x", "'decoed'; did you mean decode?")]
    [InlineData("train x -o m --epohcs 3", "'--epohcs'; did you mean --epochs?")]
    [InlineData("train x -o m --learningrate 3", "'--learningrate'; did you mean --learning-rate?")]
    [InlineData("inspect --hlep", "'--hlep'; did you mean --help?")]
    public void A_typing_error_is_answered_with_what_was_meant(string line, string expected)
    {
        Answer answer = Answer.To(line.Split(' '));
        Assert.Equal((ExitCode.WrongUsage, ""), (answer.Code, answer.Results));
        Assert.Contains(expected, Assert.Single(answer.MessageLines), StringComparison.Ordinal);
    }

    [Fact]
    public void What_resembles_nothing_is_answered_without_a_guess() =>
        Assert.DoesNotContain("did you mean", Answer.To("xylophone").Messages, StringComparison.Ordinal);

    [Fact]
    public void No_command_at_all_is_wrong_usage() => Assert.Equal(ExitCode.WrongUsage, Answer.To().Code);

    [Fact]
    public void Help_goes_to_the_result_stream()
    {
        Answer answer = Answer.To("--help");
        Assert.Equal((ExitCode.Done, ""), (answer.Code, answer.Messages));
        Assert.Contains("Usage:\n  imagesig", answer.Results, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bug_asks_to_be_reported_in_one_line()
    {
        string line = Failures.Describe(new InvalidOperationException("two\nlines."));
        Assert.Contains("unexpected InvalidOperationException: two lines.", line, StringComparison.Ordinal);
        Assert.Contains("please report", line, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', line);
    }

    [Fact]
    public void A_refused_setting_is_told_as_it_is_and_any_other_refused_argument_is_a_bug()
    {
        Assert.Equal("depth is 0.", Failures.Describe(new SettingException("depth is 0.")));
        Assert.Equal(
            "Access to the path '/photos/fire' is denied; give this user the right to it, or choose another.",
            Failures.Describe(new UnauthorizedAccessException("Access to the path '/photos/fire' is denied.")));
        Assert.Equal("depth is 0.", Failures.Describe(new AggregateException(new SettingException("depth is 0."))));
        foreach (Exception bug in (Exception[])[new ArgumentException("no room"), new ArgumentOutOfRangeException("index"), new ArgumentNullException("model")])
            Assert.StartsWith($"unexpected {bug.GetType().Name}: ", Failures.Describe(bug), StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_file_says_never_moves_the_cursor_of_a_terminal()
    {
        Answer answer = Answer.To("inspect", "no\u001b[31m\u0007model\u2028\u009b");
        Assert.Equal(ExitCode.Failed, answer.Code);
        Assert.StartsWith("imagesig: no?[31m?model??: no such file", Assert.Single(answer.MessageLines), StringComparison.Ordinal);
        Assert.StartsWith(
            "unexpected InvalidOperationException: two lines ?[2J", Failures.Describe(new InvalidOperationException("two\r\nlines \u001b[2J")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_argument_is_named()
    {
        Answer answer = Answer.To("evaluate", "model");
        Assert.Equal(ExitCode.WrongUsage, answer.Code);
        Assert.Equal(["imagesig: DIR is missing: Folder with one sub-folder of images per class, or another data set as for train. Try 'imagesig evaluate --help'."], answer.MessageLines);
    }

    [Fact]
    public void Every_example_of_the_help_is_a_command_line_that_parses()
    {
        Command program = ProgramCommand.Create(new Terminal(TextWriter.Null, TextWriter.Null, isInteractive: false));
        Command[] commands = [.. program.Subcommands.SelectMany(command => command.Subcommands.Count > 0 ? command.Subcommands : [command])];
        Assert.All(commands, command =>
        {
            IReadOnlyList<string> examples = Assert.IsType<ExampleCommand>(command).Examples;
            Assert.NotEmpty(examples);
            foreach (string example in examples)
            {
                // What a shell does with it before and behind is no part of the command line.
                ParseResult parse = program.Parse(Regex.Match(example, "(?<=(^|[|(] ?)imagesig )[^|>)]+").Value);
                Assert.Empty(parse.Errors);
                Assert.Same(command, parse.CommandResult.Command);
            }
        });
    }

    [Fact]
    public void A_command_line_builds_the_command_that_it_begins_with_and_no_other()
    {
        Terminal nowhere = new(TextWriter.Null, TextWriter.Null, isInteractive: false);
        Command whole = ProgramCommand.Create(nowhere);
        foreach (Command command in whole.Subcommands)
        {
            Command built = ProgramCommand.Create(nowhere, [command.Name, "--help"]);
            if (command.Name is "help" or "completion" or "man")
                Assert.Equal(whole.Subcommands.Count, built.Subcommands.Count);
            else
                Assert.Equal(command.Name, Assert.Single(built.Subcommands).Name);
        }
        Assert.Empty(ProgramCommand.Create(nowhere, ["--version"]).Subcommands);
        Assert.Equal(whole.Subcommands.Count, ProgramCommand.Create(nowhere, ["--help"]).Subcommands.Count);
    }

    [Fact]
    public void Help_shows_the_examples_of_its_command() =>
        Assert.EndsWith("Examples:\n  imagesig inspect fire.safetensors\n\n", Answer.To("inspect", "--help").Results, StringComparison.Ordinal);
}
