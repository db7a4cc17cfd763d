using System.Text.RegularExpressions;

namespace ImageSig.Tests.Readme;

/// <summary>C# in documents, and the same C# where the tests run it: between <c>// README</c> and <c>// END</c>.</summary>
internal static partial class DocumentedCode
{
    /// <summary>The code blocks of a document, blank lines, indentation and using directives apart.</summary>
    public static string[] Shown(string document) => [.. CodeBlock().Matches(document).Select(match => Normal(match.Groups[1].Value))];

    /// <summary>The marked parts of a source file, in the same form.</summary>
    public static string[] Run(string source) => [.. MarkedPart().Matches(source).Select(match => Normal(match.Groups[1].Value))];

    private static string Normal(string code) =>
        string.Join('\n', code.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Where(line => !IsDirective(line)));

    private static bool IsDirective(string line) => line.StartsWith("using ", StringComparison.Ordinal) && !line.Contains('=');

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex("// README\n(.*?)// END", RegexOptions.Singleline)]
    private static partial Regex MarkedPart();
}
