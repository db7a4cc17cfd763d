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
}
