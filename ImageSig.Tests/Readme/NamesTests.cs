using System.Text.RegularExpressions;
using ImageSig.Tests.Support;

namespace ImageSig.Tests.Readme;

/// <summary>Tests and files that pages name are there.</summary>
public sealed partial class NamesTests
{
    private static readonly HashSet<string> Sources =
    [
        .. Directory.GetDirectories(Folders.Repository, "*.Tests").SelectMany(project => Directory.EnumerateFiles(project, "*.cs", SearchOption.AllDirectories)).Select(file => Path.GetFileNameWithoutExtension(file)!),
    ];

    [Fact]
    public void Every_test_that_a_page_names_is_there() => Assert.All(Documents.All, document =>
        Assert.All(TestName().Matches(Documents.Prose(document)).Select(match => match.Groups[1].Value), name => Assert.True(Sources.Contains(name), $"{document} names {name}")));

    [Fact]
    public void Every_file_of_ours_that_a_page_names_is_there() => Assert.All(Documents.All, document =>
        Assert.All(
            FileName().Matches(Documents.Prose(document)).Select(match => match.Groups[1].Value).Where(name => !name.Contains("/X", StringComparison.Ordinal)),
            name => Assert.True(Path.Exists(Path.Combine(Folders.Repository, name)), $"{document} names {name}")));

    [Fact]
    public void Every_folder_of_a_library_and_of_the_program_is_explained_in_its_line_of_the_architecture()
    {
        string[] lines = File.ReadAllLines(Path.Combine(Folders.Repository, "docs", "architecture.md"));
        int first = Array.FindIndex(lines, line => line.StartsWith("| room | its folders |", StringComparison.Ordinal));
        IEnumerable<string> rooms = Directory.GetDirectories(Folders.Repository, "ImageSig*").Where(room => !Apart().IsMatch(Path.GetFileName(room)));
        Assert.All(rooms, room =>
        {
            string? line = lines.Skip(first).FirstOrDefault(line => line.StartsWith($"| `{Path.GetFileName(room)}` |", StringComparison.Ordinal));
            IEnumerable<string> folders = Directory.EnumerateDirectories(room, "*", SearchOption.AllDirectories).Where(folder => Directory.EnumerateFiles(folder).Any()).Select(folder => Path.GetRelativePath(room, folder))
                .Where(folder => !Folders.IsMade(folder)).Select(folder => Path.GetFileName(folder)!);
            Assert.Empty(folders.Where(folder => line?.Contains($"`{folder}`", StringComparison.Ordinal) is not true));
        });
    }

    [Fact]
    public void Pages_and_sources_are_in_American_spelling() => Assert.Empty(
        from pattern in (string[])["*.cs", "*.md", "*.sh", "*.txt"]
        from file in Folders.Sources(pattern)
        from word in British().Matches(File.ReadAllText(Path.Combine(Folders.Repository, file)))
        select $"{file}: {word}");

    [Fact]
    public void The_changelog_keeps_its_form()
    {
        string[] headings = [.. Documents.Prose("CHANGELOG.md").Split('\n').Where(line => line.StartsWith("##", StringComparison.Ordinal))];
        Assert.Equal("## [Unreleased]", headings[0]);
        Assert.All(headings, heading => Assert.Matches(@"^(## \[(Unreleased|\d+\.\d+\.\d+)\]( - \d{4}-\d\d-\d\d)?|### (Added|Changed|Deprecated|Removed|Fixed|Security))$", heading));
    }

    [GeneratedRegex("`(\\w+Tests)`")]
    private static partial Regex TestName();

    [GeneratedRegex("`((?:ImageSig(?:\\.\\w+)?|docs|scripts|samples|assets|Shared|\\.ci)/[\\w./-]+)`")]
    private static partial Regex FileName();

    /// <summary>Rooms that are neither a library nor the program.</summary>
    [GeneratedRegex(@"\.(Tests|Fuzz|Benchmarks)$")]
    private static partial Regex Apart();

    // Each word is spelled so that it does not find itself.
    [GeneratedRegex(
        "colo[u]r|gr[e]y|behavio[u]r|neighbo[u]r|favo[u]r|cent[r]e|judg[e]ment|label[l]ed(?!by)|signal[l]ed|cancel[l](ed|ing)|"
        + "(normal|organ|optim|initial|serial|standard|random|quant|discret|minim|maxim|local|general|summar|visual|recogn|vector|parametr|real)i[s](e[drs]?|ing|ations?)\\b",
        RegexOptions.IgnoreCase)]
    private static partial Regex British();
}
