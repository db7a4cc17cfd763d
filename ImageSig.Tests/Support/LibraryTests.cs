using System.Reflection;
using System.Xml.Linq;

namespace ImageSig.Tests.Support;

/// <summary>What Library.props promises of every library.</summary>
public class LibraryTests
{
    public static TheoryData<string> Libraries { get; } =
        ["ImageSig.Tensors", "ImageSig.Signature", "ImageSig.NN", "ImageSig.Imaging", "ImageSig.ImageSharp", "ImageSig.Pipeline"];

    [Theory]
    [MemberData(nameof(Libraries))]
    public void A_library_is_documented(string name)
    {
        XDocument documentation = XDocument.Load(Path.Combine(AppContext.BaseDirectory, name + ".xml"));
        Assert.NotEmpty(documentation.Descendants("member"));
    }

    [Theory]
    [MemberData(nameof(Libraries))]
    public void A_library_is_held_to_the_rules_of_trimming_and_NativeAOT(string name)
    {
        Dictionary<string, string?> stated = Assembly.Load(name).GetCustomAttributes<AssemblyMetadataAttribute>().ToDictionary(entry => entry.Key, entry => entry.Value);
        Assert.Equal("True", stated["IsTrimmable"]);
        Assert.Equal("True", stated["IsAotCompatible"]);
    }

    [Fact]
    public void The_instruction_set_is_spelled_as_the_compiler_spells_it_and_the_packages_ask_for_it()
    {
        string targets = File.ReadAllText(Path.Combine(Folders.Repository, "ImageSig.Tensors", "buildTransitive", "ImageSig.Tensors.targets"));
        Assert.Contains("<IlcInstructionSet>x86-64-v3</IlcInstructionSet>", targets, StringComparison.Ordinal);
        foreach (string text in Directory.GetFiles(Folders.Repository, "*.md").Concat(Directory.GetFiles(Path.Combine(Folders.Repository, "docs"), "*.md")))
            Assert.DoesNotContain("x86-x64", File.ReadAllText(text), StringComparison.Ordinal);
    }
}
