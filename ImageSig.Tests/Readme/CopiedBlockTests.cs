using System.Text.RegularExpressions;
using ImageSig.Tests.Support;

namespace ImageSig.Tests.Readme;

/// <summary>No block of code stands in two places.</summary>
public sealed partial class CopiedBlockTests
{
    /// <summary>Lines of code that may be the same in two places: signatures of sister methods are.</summary>
    private const int Allowed = 10;

    [Fact]
    public void No_more_than_ten_lines_of_code_are_the_same_in_two_places() => Assert.Empty(Copies(
        Folders.Sources("*.cs").Select(name => (name, File.ReadAllLines(Path.Combine(Folders.Repository, name))))));

    [Theory]
    [InlineData(10, 0)]
    [InlineData(11, 1)]
    [InlineData(20, 1)]
    public void A_copy_is_found_whatever_its_indentation_and_its_remarks(int lines, int copies)
    {
        string[] block = [.. Enumerable.Range(0, lines).Select(number => $"Step({number});")];
        string[] copy = [.. block.SelectMany(line => (string[])["    // Again.", "", $"    {line}"])];
        Assert.Equal(copies, Copies([("one", ["Begin();", .. block, "End();"]), ("other", [.. copy, "Finish();"])]).Count());
    }

    /// <summary>Where blocks begin that were seen before, and where that was; of a longer block its beginning alone.</summary>
    private static IEnumerable<string> Copies(IEnumerable<(string Name, string[] Lines)> files)
    {
        Dictionary<string, string> seen = [];
        foreach ((string name, string[] lines) in files)
        {
            (string Text, int Number)[] code = [.. lines.Select((line, index) => (line.Trim(), index + 1)).Where(line => !SaysNothing().IsMatch(line.Item1))];
            bool continues = false;
            for (int first = 0; first + Allowed < code.Length; first++)
            {
                string block = string.Join('\n', code[first..(first + Allowed + 1)].Select(line => line.Text));
                bool isCopy = !seen.TryAdd(block, $"{name}:{code[first].Number}");
                if (isCopy && !continues)
                    yield return $"{name}:{code[first].Number} is {seen[block]}";
                continues = isCopy;
            }
        }
    }

    /// <summary>Empty lines, brackets, remarks, and what stands at the head of a file.</summary>
    [GeneratedRegex(@"^([{}()\[\];,]*|//.*|using [\w.]+;|namespace .*)$")]
    private static partial Regex SaysNothing();
}
