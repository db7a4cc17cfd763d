namespace ImageSig.Tests.Readme;

/// <summary>The C# that pages show is C# that is compiled and run here.</summary>
public sealed class DocumentedCodeTests
{
    /// <summary>Which source holds the code of which pages. What each of them comes to is looked at by the tests of its room.</summary>
    public static TheoryData<string, string[]> Pages { get; } = new()
    {
        { "Readme/ReadmeExamples.cs", ["README.md"] },
        { "Readme/NetworksExamples.cs", ["docs/networks.md"] },
        { "Readme/AutodiffExamples.cs", ["docs/autodiff.md"] },
        { "Signature/DocumentExamples.cs", ["docs/signatures.md"] },
        { "Imaging/ImagingDocumentExamples.cs", ["docs/imaging.md"] },
        {
            "Readme/PackageExamples.cs",
            ["ImageSig.Tensors/README.md", "ImageSig.Signature/README.md", "ImageSig.NN/README.md", "ImageSig.Imaging/README.md", "ImageSig.ImageSharp/README.md", "ImageSig/README.md"]
        },
    };

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_example_of_a_page_is_the_code_that_is_run_here(string source, string[] documents) => DocumentedCode.AssertIsRun(source, documents);

    [Fact]
    public void No_page_shows_code_that_is_not_run() => Assert.Equal(
        Pages.SelectMany(row => (string[])row[1]).Order(StringComparer.Ordinal), Documents.All.Where(document => DocumentedCode.Shown(document).Any()).Order(StringComparer.Ordinal));
}
