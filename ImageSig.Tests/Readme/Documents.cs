using System.Text.RegularExpressions;
using ImageSig.Tests.Support;

namespace ImageSig.Tests.Readme;

/// <summary>What a stranger reads of this repository.</summary>
internal static partial class Documents
{
    /// <summary>Every page, as a path below the repository: those beside the solution, in docs and samples, and the readme of each project.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        .. Below(".", SearchOption.TopDirectoryOnly), .. Below("docs", SearchOption.AllDirectories), .. Below(".github", SearchOption.AllDirectories), .. Below("samples", SearchOption.AllDirectories),
        .. Directory.GetFiles(Folders.Repository, "*.csproj", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 1 })
            .Select(project => Path.Combine(Path.GetDirectoryName(project)!, "README.md")).Where(File.Exists).Select(Relative),
    ];

    /// <summary>The text of a page.</summary>
    public static string Read(string document) => File.ReadAllText(Path.Combine(Folders.Repository, document)).ReplaceLineEndings("\n");

    /// <summary>The same without its code, where nothing is a heading, a link or a table.</summary>
    public static string Prose(string document) => Code().Replace(Read(document), "");

    /// <summary>The code blocks of a page in one of some languages, from top to bottom.</summary>
    public static IEnumerable<string> Blocks(string document, params string[] languages) =>
        Block().Matches(Read(document)).Where(block => languages.Contains(block.Groups[1].Value)).Select(block => block.Groups[2].Value);

    private static IEnumerable<string> Below(string folder, SearchOption depth) =>
        Directory.GetFiles(Path.Combine(Folders.Repository, folder), "*.md", depth).Where(file => !file.Contains($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}", StringComparison.Ordinal)).Select(Relative);

    private static string Relative(string file) => Path.GetRelativePath(Folders.Repository, file).Replace('\\', '/');

    [GeneratedRegex("^```[a-z]*\n.*?^```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Code();

    [GeneratedRegex("^```([a-z]*)\n(.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Block();
}
