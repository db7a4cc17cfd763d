using System.CommandLine;
using ImageSig.Cli.Arguments;

namespace ImageSig.Tests.Cli;

/// <summary>An option that takes several values, given more than once.</summary>
public class RepeatedOptionTests
{
    private readonly Option<string[]> files = OptionKinds.Paths("--file", "FILE[,FILE]", "");
    private readonly Option<bool> quiet = OptionKinds.Quiet();

    [Fact]
    public void Its_values_are_those_of_all_times() => Assert.Equal(["a", "b", "c"], Parse("--file", "a,b", "--file", "c").GetValue(files)!);

    [Fact]
    public void It_is_refused_with_all_of_them() => Assert.StartsWith("--file is 'a,'; it must be", Assert.Single(Parse("--file", "a", "--file", "").Errors).Message, StringComparison.Ordinal);

    [Fact]
    public void A_run_that_goes_on_is_given_all_of_them() => Assert.Equal(
        ["--file", $"{Path.Combine("then", "a")},{Path.Combine("then", "b")}", "--file", Path.Combine("then", "c"), "--quiet"],
        SavedArguments.Beside(Parse("--file", "a,b", "--file", "c", "--quiet"), "then", Parse()));

    private ParseResult Parse(params string[] words) => new Command("try") { files, quiet }.Parse(words);
}
