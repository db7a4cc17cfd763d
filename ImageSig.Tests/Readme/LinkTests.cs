using System.Text.RegularExpressions;
using ImageSig.Tests.Support;

namespace ImageSig.Tests.Readme;

/// <summary>Links between pages, as the site that shows the repository follows them.</summary>
public sealed partial class LinkTests
{
    [Fact]
    public void Every_relative_link_of_every_page_leads_to_a_file_and_every_anchor_to_a_heading()
    {
        List<string> broken = [];
        foreach (string document in Documents.All)
            foreach (string link in Links(document))
            {
                string[] parts = link.Split('#', 2);
                string target = parts[0].Length == 0 ? document : Path.GetRelativePath(Folders.Repository, Path.Combine(Folders.Repository, Path.GetDirectoryName(document)!, parts[0]));
                if (!Path.Exists(Path.Combine(Folders.Repository, target)))
                    broken.Add($"{document} links to {link}: there is no {target}");
                else if (parts.Length == 2 && !Anchors(target).Contains(parts[1]))
                    broken.Add($"{document} links to {link}: {target} has no such heading");
            }
        Assert.Empty(broken);
    }

    [Fact]
    public void The_index_of_the_documentation_names_every_page_of_it()
    {
        string[] named = [.. Links("docs/README.md").Select(link => link.Split('#')[0])];
        Assert.All(Directory.GetFiles(Path.Combine(Folders.Repository, "docs"), "*.md").Select(file => Path.GetFileName(file)!).Where(name => name != "README.md"), page => Assert.Contains(page, named));
    }

    [Theory]
    [InlineData("## The paper's tables", "the-papers-tables")]
    [InlineData("## `--fit`, `--roots`: size", "--fit---roots-size")]
    [InlineData("### grid, [docs](x.md)", "grid-docs")]
    [InlineData("# 8 bits", "8-bits")]
    public void An_anchor_is_its_heading_in_small_letters_without_signs(string heading, string anchor) => Assert.Equal([anchor], Anchors([heading]));

    [Fact]
    public void Headings_of_one_text_are_counted() => Assert.Equal(["more", "more-1"], Anchors(["# More", "## More"]));

    private static IEnumerable<string> Links(string document) =>
        Link().Matches(InlineCode().Replace(Documents.Prose(document), "")).Select(match => match.Groups[1].Value + match.Groups[2].Value)
            .Where(link => !link.Contains("://", StringComparison.Ordinal) && !link.StartsWith("mailto:", StringComparison.Ordinal));

    private static List<string> Anchors(string document) =>
        document.EndsWith(".md", StringComparison.Ordinal) ? Anchors(Documents.Prose(document).Split('\n').Where(line => line.StartsWith('#'))) : [];

    private static List<string> Anchors(IEnumerable<string> headings)
    {
        Dictionary<string, int> seen = [];
        List<string> anchors = [];
        foreach (string heading in headings)
        {
            string text = LinkText().Replace(heading.TrimStart('#').Trim(), "$1").ToLowerInvariant();
            string anchor = string.Concat(text.Where(letter => char.IsLetterOrDigit(letter) || letter is ' ' or '-' or '_')).Replace(' ', '-');
            int before = seen.GetValueOrDefault(anchor);
            seen[anchor] = before + 1;
            anchors.Add(before == 0 ? anchor : $"{anchor}-{before}");
        }
        return anchors;
    }

    [GeneratedRegex(@"\]\(([^)\s]+)\)|(?:src|href)=""([^""]+)""")]
    private static partial Regex Link();

    [GeneratedRegex(@"\[([^\]]*)\]\([^)]*\)")]
    private static partial Regex LinkText();

    [GeneratedRegex("`[^`\n]*`")]
    private static partial Regex InlineCode();
}
