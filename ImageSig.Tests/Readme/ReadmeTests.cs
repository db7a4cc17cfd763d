using System.Text.RegularExpressions;
using ImageSig.Tests.Support;

namespace ImageSig.Tests.Readme;

/// <summary>Runs in a folder of its own as the current one: never beside other tests.</summary>
[CollectionDefinition("Current folder", DisableParallelization = true)]
public static class AloneInTheCurrentFolder;

[Collection("Current folder")]
public partial class ReadmeTests
{
    [Fact]
    public void Every_example_in_the_readme_is_the_code_that_is_run_here() => DocumentedCode.AssertIsRun("README.md", "Readme/ReadmeExamples.cs");

    [Fact]
    public void Every_relative_link_of_the_documents_leads_to_a_file()
    {
        string[] documents =
        [
            .. Directory.GetFiles(Folders.Repository, "*.md"), .. Directory.GetFiles(Path.Combine(Folders.Repository, "docs"), "*.md"),
        ];
        foreach (string document in documents)
            foreach (Match link in Link().Matches(File.ReadAllText(document)))
            {
                string target = link.Groups[1].Value.Split('#')[0];
                if (target.Length > 0 && !target.Contains("://", StringComparison.Ordinal))
                    Assert.True(Path.Exists(Path.Combine(Path.GetDirectoryName(document)!, target)), $"{document} links to {target}, which is not there");
            }
    }

    [Fact]
    public async Task The_examples_train_save_load_and_predict()
    {
        string before = Environment.CurrentDirectory;
        using TemporaryFolder folder = new();
        try
        {
            Environment.CurrentDirectory = folder.Path;
            SyntheticPhotos.Write("photos", perClass: 12);
            File.Copy(Directory.GetFiles("photos/dark")[0], "camera.jpg");
            await ReadmeExamples.Training();
            StringWriter printed = new();
            TextWriter console = Console.Out;
            Console.SetOut(printed);
            try
            {
                ReadmeExamples.Predicting();
                Directory.CreateDirectory("inbox");
                File.Copy("camera.jpg", "inbox/1.png");
                ReadmeExamples.PredictingOtherwise(new byte[640 * 480 * 3 / 2]);
            }
            finally
            {
                Console.SetOut(console);
            }
            Assert.StartsWith("dark ", printed.ToString(), StringComparison.Ordinal);
            Assert.EndsWith(" %, 2 classes, 1 files", printed.ToString().TrimEnd(), StringComparison.Ordinal);
        }
        finally
        {
            Environment.CurrentDirectory = before;
        }
    }

    [Fact]
    public void The_signature_example_gives_the_exact_values() =>
        Assert.Equal([1, 1, 0.5, 1, 0, 0.5, 1 / 6.0, 0.5, 0, 0.5, 0, 0, 0, 1 / 6.0], ReadmeExamples.Signatures().Select(value => Math.Round(value, 15)), Near);

    private static bool Near(double expected, double actual) => Math.Abs(expected - actual) < 1e-14;

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();
}
