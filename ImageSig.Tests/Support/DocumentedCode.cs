using System.Text.RegularExpressions;

namespace ImageSig.Tests.Support;

/// <summary>The C# of a document is the C# between <c>// NAME</c> and <c>// END</c> of a test source, in the same order.</summary>
internal static class DocumentedCode
{
    public static void AssertSame(string document, string source, string name)
    {
        string text = File.ReadAllText(Path.Combine(Folders.Repository, document)), code = File.ReadAllText(Path.Combine(Folders.Repository, source));
        string[] shown = Blocks(text, "```csharp\n(.*?)```"), run = Blocks(code, $"// {name}\n(.*?)// END");
        Assert.NotEmpty(shown);
        Assert.Equal(shown, run);
    }

    private static string[] Blocks(string text, string pattern) =>
        [.. Regex.Matches(text, pattern, RegexOptions.Singleline).Select(match => Normal(match.Groups[1].Value))];

    private static string Normal(string code) =>
        string.Join('\n', code.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Where(line => !line.StartsWith("using ", StringComparison.Ordinal)));
}
