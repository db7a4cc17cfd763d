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
}
