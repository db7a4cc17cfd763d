using System.Text.Json;
using System.Xml.Linq;
using ImageSig.Imaging;
using ImageSig.Tests.Support;

namespace ImageSig.Tests.Packages;

/// <summary>What the packages show of themselves.</summary>
public class PackageTests
{
    private static readonly string[] Libraries = ["ImageSig.Tensors", "ImageSig.Signature", "ImageSig.NN", "ImageSig.Imaging", "ImageSig.ImageSharp", "ImageSig"];

    /// <summary>Drawn anew with <c>IMAGESIG_DRAW_ICON=1</c>.</summary>
    [Fact]
    public void The_icon_is_what_our_code_draws()
    {
        string path = Path.Combine(Folders.Repository, "assets", "icon.png");
        Image drawn = Icon.Draw();
        if (Environment.GetEnvironmentVariable("IMAGESIG_DRAW_ICON") == "1")
            File.WriteAllBytes(path, drawn.EncodePng());
        Assert.Equal(drawn.Pixels, Image.Load(path).Pixels);
    }

    [Fact]
    public void Every_library_says_in_a_readme_of_its_own_what_it_is() => Assert.All(Libraries, library =>
    {
        string project = Path.Combine(Folders.Repository, library, $"{library}.csproj"), readme = Path.Combine(Folders.Repository, library, "README.md");
        Assert.StartsWith($"# {library}\n", File.ReadAllText(readme), StringComparison.Ordinal);
        Assert.True(XDocument.Load(project).Descendants("Description").Single().Value.Length > 20);
    });

    [Fact]
    public void The_tool_has_a_readme_of_its_own_without_links_that_lead_nowhere()
    {
        string readme = File.ReadAllText(Path.Combine(Folders.Repository, "ImageSig.Cli", "README.md"));
        Assert.StartsWith("# imagesig\n", readme, StringComparison.Ordinal);
        Assert.DoesNotContain("](", readme, StringComparison.Ordinal);
        Assert.Contains("Include=\"README.md;", File.ReadAllText(Path.Combine(Folders.Repository, "ImageSig.Cli", "ImageSig.Cli.csproj")), StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_program_with_ImageSharp_leaves_out_is_what_the_pages_say()
    {
        const string leftOut = "<NoWarn>$(NoWarn);IL2104;IL3053</NoWarn>";
        Assert.All((string[])[".ci/consumer/Consumer.csproj", "ImageSig.Cli/ImageSig.Cli.csproj", "ImageSig.ImageSharp/README.md", "docs/how-to.md"],
            file => Assert.Contains(leftOut, File.ReadAllText(Path.Combine(Folders.Repository, file)), StringComparison.Ordinal));
    }

    [Fact]
    public void The_lines_that_the_first_release_makes_untrue_are_named_where_it_is_told_how()
    {
        string contributing = File.ReadAllText(Path.Combine(Folders.Repository, "CONTRIBUTING.md"));
        foreach ((string page, string line) in ((string, string)[])[("README.md", "Nothing is published yet"), ("docs/how-to.md", "No release and no registry has it yet")])
        {
            Assert.Contains(line, File.ReadAllText(Path.Combine(Folders.Repository, page)), StringComparison.Ordinal);
            Assert.Contains($"\"{line}\"", contributing, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void What_a_release_packs_is_every_project_that_can_be_packed()
    {
        using JsonDocument filter = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folders.Repository, "scripts", "packages.slnf")));
        IEnumerable<string> packed = filter.RootElement.GetProperty("solution").GetProperty("projects").EnumerateArray().Select(project => project.GetString()!);
        Assert.Equal(Libraries.Append("ImageSig.Cli").Select(name => $"{name}/{name}.csproj"), packed);
        Assert.Equal(packed.Order(StringComparer.Ordinal), Directory.EnumerateFiles(Folders.Repository, "*.csproj", new EnumerationOptions { MaxRecursionDepth = 1, RecurseSubdirectories = true })
            .Where(project => File.ReadAllText(project) is string text && (text.Contains("Library.props", StringComparison.Ordinal) || text.Contains("<IsPackable>true", StringComparison.Ordinal)))
            .Select(project => Path.GetRelativePath(Folders.Repository, project)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void No_package_is_named_twice()
    {
        string[] names = [.. XDocument.Load(Path.Combine(Folders.Repository, "Directory.Packages.props")).Descendants().Attributes("Include").Select(name => name.Value)];
        Assert.Equal(names.Distinct(), names);
    }

    [Fact]
    public void The_citation_names_the_version_that_is_being_made() => Assert.Contains(
        $"\nversion: {XDocument.Load(Path.Combine(Folders.Repository, "Directory.Build.props")).Descendants("VersionPrefix").Single().Value}\n",
        File.ReadAllText(Path.Combine(Folders.Repository, "CITATION.cff")), StringComparison.Ordinal);
}
