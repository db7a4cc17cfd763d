using System.Text.RegularExpressions;
using ImageSig.Tests.Support;

namespace ImageSig.Tests.Readme;

/// <summary>C# in documents, and the same C# where the tests run it: between <c>// README</c> and <c>// END</c>.</summary>
internal static partial class DocumentedCode
{
    /// <summary>That the code blocks of documents are the marked parts of a source file, in order; blank lines, indentation and using directives apart.</summary>
    /// <param name="source">A path below ImageSig.Tests.</param>
    /// <param name="documents">Paths below the repository.</param>
    public static void AssertIsRun(string source, IEnumerable<string> documents)
    {
        string[] shown = [.. documents.SelectMany(Shown).Select(Normal)];
        string text = File.ReadAllText(Path.Combine(Folders.Repository, "ImageSig.Tests", source));
        Assert.NotEmpty(shown);
        Assert.Equal(shown, MarkedPart().Matches(text).Select(match => Normal(match.Groups[1].Value)));
    }

    /// <summary>The code blocks of a document, as they stand there.</summary>
    public static IEnumerable<string> Shown(string document) => Documents.Blocks(document, "csharp");

    private static string Normal(string code) =>
        string.Join('\n', code.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Where(line => !IsDirective(line)));

    private static bool IsDirective(string line) => line.StartsWith("using ", StringComparison.Ordinal) && !line.Contains('=');

    [GeneratedRegex("// README\n(.*?)// END", RegexOptions.Singleline)]
    private static partial Regex MarkedPart();
}
