using ImageSig.Cli;
using ImageSig.Cli.Commands;

namespace ImageSig.Tests.Cli;

public class ProgramTests
{
    [Fact]
    public void The_version_is_one_line_on_the_result_stream()
    {
        Answer answer = Answer.To("--version");
        Assert.Equal((ExitCode.Done, $"imagesig {ProgramCommand.Version}\n", ""), (answer.Code, answer.Results, answer.Messages));
        Assert.Matches(@"^\d+\.\d+\.\d+(-\w+)?$", ProgramCommand.Version);
    }

    [Theory]
    [InlineData("fly", "'fly'")]
    [InlineData("--fly", "'--fly'")]
    public void An_unknown_word_is_wrong_usage_and_named(string word, string named)
    {
        Answer answer = Answer.To(word);
        Assert.Equal((ExitCode.WrongUsage, ""), (answer.Code, answer.Results));
        Assert.StartsWith("imagesig: ", answer.MessageLines[0], StringComparison.Ordinal);
        Assert.Contains(named, answer.Messages, StringComparison.Ordinal);
        Assert.Equal("Try 'imagesig --help'.", answer.MessageLines[^1]);
    }

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
    public void A_refused_argument_is_told_without_the_name_of_a_parameter() =>
        Assert.Equal("depth is 0.", Failures.Describe(new ArgumentException("depth is 0.", "depth")));
}
