using System.Text.RegularExpressions;
using ImageSig.Tests.Support;

namespace ImageSig.Tests.Readme;

/// <summary>Runs in a folder of its own as the current one: never beside other tests.</summary>
[CollectionDefinition("Current folder", DisableParallelization = true)]
public static class AloneInTheCurrentFolder;

[Collection("Current folder")]
public partial class ReadmeTests
{
    private const int MaxLines = 130;

    private static readonly Dictionary<string, string> Elsewhere = new()
    {
        ["dotnet run"] = "DemoCommandTests, and the gate with the published program (demo)",
        ["dotnet test"] = "is what runs this",
        ["dotnet pack"] = "the gate does it (tool)",
        ["scripts/publish.sh"] = "the gate does what it does (publish, debian)",
        ["dotnet publish"] = "the gate does it (publish, publish-arm64)",
        ["rpicam-vid"] = "needs a camera; WatchCommandTests have a stream instead",
    };

    private static readonly Dictionary<string, string[]> Quicker = new()
    {
        ["imagesig train"] = ["--epochs", "2"],
        ["imagesig compare"] = ["--models", "pixels,fc", "--epochs", "1"],
    };

    [Fact]
    public void The_commands_do_what_they_say()
    {
        string before = Environment.CurrentDirectory;
        using TemporaryFolder folder = new();
        try
        {
            Environment.CurrentDirectory = folder.Path;
            SyntheticPhotos.Write("photos", perClass: 20);
            SyntheticPhotos.Write("more-photos", perClass: 4, seed: 2);
            File.Copy("photos/dark/000.png", "camera.jpg");
            DocumentedRun.Of("README.md", Elsewhere, Quicker);
            Assert.All((string[])["fire.safetensors", "report.html", "small.safetensors"], file => Assert.True(File.Exists(file), file));
        }
        finally
        {
            Environment.CurrentDirectory = before;
        }
    }

    [Fact]
    public void The_readme_is_read_in_a_minute() => Assert.InRange(Documents.Read("README.md").Split('\n').Length, 1, MaxLines);

    [Fact]
    public void The_figures_of_the_models_are_those_of_the_results()
    {
        string readme = Documents.Read("README.md"), results = Documents.Read("docs/results.md") + Documents.Read("docs/networks.md");
        string table = readme[readme.IndexOf("## Models", StringComparison.Ordinal)..readme.IndexOf("## Beside others", StringComparison.Ordinal)];
        string[] figures = [.. table.Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal)).SelectMany(line => Figure().Matches(line[line.IndexOf('|', 2)..])).Select(match => match.Value)];
        Assert.Equal(34, figures.Length);
        Assert.All(figures, figure => Assert.Contains(figure, results, StringComparison.Ordinal));

        string models = Documents.Read("docs/networks.md");
        foreach ((string model, string row) in ((string, string)[])[("`grid`, the default", "| `grid`, windows of 4 |"), ("`grid`, windows of 8 ", "| `grid`, windows of 8 |"), ("`cnn`,", "| `cnn` |"), ("`conv`,", "| `conv` |"), ("`fc`,", "| `fc` |")])
            Assert.Equal(Cells(models, row)[4], Cells(table, $"| {model}")[^2]);

        string signatures = Documents.Read("docs/signatures.md");
        string[] multiples = [.. Multiple().Matches(readme[readme.IndexOf("| ImageSig | .NET |", StringComparison.Ordinal)..readme.IndexOf("Image recognition on a", StringComparison.Ordinal)]).Select(match => match.Groups[1].Value)];
        Assert.Equal(7, multiples.Length);
        Assert.All(multiples, multiple => Assert.Contains($"| {multiple} |", signatures, StringComparison.Ordinal));
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
                ReadmeExamples.PredictingOtherwise(ImageClassifier.Load("fire.safetensors"), new byte[640 * 480 * 3 / 2]);
                PackageExamples.OfImaging();
                Assert.Equal("dark", PackageExamples.OfThePipeline().Label);
            }
            finally
            {
                Console.SetOut(console);
            }
            Assert.Equal(64, ImageSig.Imaging.Image.Load("small.png").Width);
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
        Assert.Equal([1, 1, 0.5, 1, 0, 0.5, 1 / 6.0, 0.5, 0, 0.5, 0, 0, 0, 1 / 6.0], PackageExamples.OfSignature().Select(value => Math.Round(value, 15)), Near);

    [Fact]
    public void The_examples_of_the_packages_give_what_they_say()
    {
        double[] powers = [Math.Exp(1), Math.Exp(2), Math.Exp(3)];
        float[] chances = PackageExamples.OfTensors().Span.ToArray();
        for (int i = 0; i < 3; i++)
            Assert.Equal(powers[i] / powers.Sum(), chances[i], 1e-6);
        Assert.Equal((2, 42L), (PackageExamples.OfNetworks().Outputs, PackageExamples.OfNetworks().ParameterCount));
    }

    /// <summary>The cells of the row that begins so, with what stands before the first and behind the last bar.</summary>
    private static string[] Cells(string text, string begin) => text.Split('\n').Single(line => line.StartsWith(begin, StringComparison.Ordinal)).Split('|', StringSplitOptions.TrimEntries);

    private static bool Near(double expected, double actual) => Math.Abs(expected - actual) < 1e-14;

    [GeneratedRegex(@"\| (\d?\.\d+(?: / \.\d+)?)(?= \|)")]
    private static partial Regex Multiple();

    [GeneratedRegex(@"[\d.,]*\d")]
    private static partial Regex Figure();
}
