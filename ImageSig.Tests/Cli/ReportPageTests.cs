using System.Globalization;
using System.Xml.Linq;
using ImageSig.Cli;
using ImageSig.Cli.Commands;
using ImageSig.Cli.Display;
using ImageSig.NN;
using ImageSig.Tests.Support;

namespace ImageSig.Tests.Cli;

/// <summary><c>imagesig report</c> and <c>train --report</c>: one page that stands by itself.</summary>
public class ReportPageTests(TrainedModel trained) : IClassFixture<TrainedModel>
{
    private static readonly string[] OfPictures = ["figures", "confusion", "mistakes", "uncertain", "ranking", "calibration", "samples", "streams", "card"];

    [Fact]
    public void The_counts_of_the_matrix_are_those_of_evaluate_and_open_as_many_pictures()
    {
        using TemporaryFolder folder = new();
        Mistaken(folder["photos"]);
        XElement page = Report(trained.Model, folder["photos"], folder["report.html"]);
        Assert.Equal(OfPictures, Sections(page));
        ImageSig.NN.ConfusionMatrix confusion = ImageClassifier.Load(trained.Model).Evaluate(folder["photos"]).Confusion;
        XElement[] cells = [.. Elements(page, "table").Single(table => (string?)table.Attribute("class") == "matrix").Descendants().Where(element => element.Name.LocalName == "td")];
        for (int cell = 0; cell < 4; cell++)
        {
            Assert.Equal(confusion[cell / 2, cell % 2], int.Parse(cells[cell].Value, CultureInfo.InvariantCulture));
            XElement? opened = Elements(page, "section").SingleOrDefault(section => (string?)section.Attribute("id") == $"cell-{cell / 2}-{cell % 2}");
            Assert.Equal(confusion[cell / 2, cell % 2], opened is null ? 0 : Elements(opened, "figure").Count());
            Assert.Equal(opened is null, !Elements(cells[cell], "a").Any());
        }
        // Two bright pictures lie among the dark ones: they are the mistakes, each with a heat map beside it.
        XElement[] mistakes = [.. Elements(Section(page, "mistakes"), "figure")];
        Assert.Equal(2, mistakes.Length);
        Assert.All(mistakes, mistake => Assert.Equal((2, "wrong wide"), (Elements(mistake, "svg").Count(), (string)mistake.Attribute("class")!)));
        Assert.Contains("for", Elements(mistakes[0], "rect").Select(cell => (string?)cell.Attribute("class")));
    }

    [Fact]
    public void The_page_asks_nobody_for_anything_and_keeps_each_picture_once()
    {
        using TemporaryFolder folder = new();
        Mistaken(folder["photos"]);
        XElement page = Report(trained.Model, folder["photos"], folder["report.html"]);
        string text = File.ReadAllText(folder["report.html"]);
        Assert.DoesNotContain("http", text.Replace("xmlns=\"http://www.w3.org/1999/xhtml\"", "", StringComparison.Ordinal).Replace("http-equiv", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("url(", text, StringComparison.Ordinal);
        Assert.DoesNotContain(page.Descendants(), element => element.Name.LocalName is "script" or "link" or "iframe" or "img");
        Assert.StartsWith("default-src 'none'", (string?)Elements(page, "meta").Single(meta => meta.Attribute("http-equiv") is not null).Attribute("content"), StringComparison.Ordinal);
        string[] ids = [.. page.Descendants().Select(element => (string?)element.Attribute("id")).OfType<string>()];
        Assert.Equal(ids.Distinct().Count(), ids.Length);
        Assert.All(page.Descendants().Where(element => element.Name.LocalName is "a" or "use"), link =>
        {
            string target = (string)link.Attribute("href")!;
            Assert.True(target[0] == '#' && ids.Contains(target[1..]), target);
        });
        Assert.Equal(12, Elements(page, "image").Select(image => (string)image.Attribute("href")!).Count(data => data.StartsWith("data:image/jpeg;base64,/9j/", StringComparison.Ordinal)));

        // The same command gives the same bytes, on any number of threads.
        Assert.Equal(ExitCode.Done, Answer.To("report", trained.Model, folder["photos"], "-o", folder["again.html"], "--threads", "1").Code);
        Assert.Equal(text, File.ReadAllText(folder["again.html"]));
    }

    [Fact]
    public void It_can_be_read_by_ear_and_by_keyboard()
    {
        using TemporaryFolder folder = new();
        Mistaken(folder["photos"]);
        XElement page = Report(trained.Model, folder["photos"], folder["report.html"]);
        Assert.Equal("en", (string?)page.Attribute("lang"));
        int[] headings = [.. page.Descendants().Select(element => element.Name.LocalName).Where(name => name is ['h', >= '1' and <= '6']).Select(name => name[1] - '0')];
        Assert.Equal(1, headings.Count(level => level == 1));
        Assert.All(headings.Zip(headings.Skip(1)), pair => Assert.InRange(pair.Second, 2, pair.First + 1));
        Assert.All(Elements(page, "th"), heading => Assert.True((string?)heading.Attribute("scope") is "row" or "col" && heading.Value.Trim().Length > 0));
        Assert.All(page.Descendants().Where(element => (string?)element.Attribute("role") is "img" or "region"), drawing => Assert.NotEmpty((string?)drawing.Attribute("aria-label") ?? ""));
        Assert.All(Elements(page, "svg").Where(drawing => drawing.Attribute("role") is null && drawing.Parent!.Name.LocalName != "svg"), drawing => Assert.Equal("true", (string?)drawing.Attribute("aria-hidden")));
    }

    [LinuxFact]
    public void Names_of_classes_and_files_are_shown_as_they_are_and_do_nothing()
    {
        const string Class = "a\"><script>alert(1)<!--", Other = "&lt;b&gt; 'c' ]]>", Picture = "x\n\u0001\u202e<img src=x onerror=alert(2)>&.png";
        using TemporaryFolder folder = new();
        SyntheticPhotos.Write(folder["photos"], perClass: 8);
        Directory.Move(folder["photos/bright"], folder[$"photos/{Class}"]);
        Directory.Move(folder["photos/dark"], folder[$"photos/{Other}"]);
        File.Move(folder[$"photos/{Class}/000.png"], folder[$"photos/{Class}/{Picture}"]);
        string model = folder["<i>model.safetensors"];
        Answer training = Answer.To(["train", folder["photos"], "-o", model, "--test", folder["photos"], "--report", folder["report.html"], "--quiet", .. TrainedModel.Small]);
        Assert.Equal(ExitCode.Done, training.Code);
        XElement page = XDocument.Load(folder["report.html"]).Root!;
        Assert.DoesNotContain(page.Descendants(), element => element.Name.LocalName is "script" or "img" or "i");
        Assert.Equal([Other, Class], Elements(Section(page, "figures"), "th").Where(heading => (string?)heading.Attribute("scope") == "row").Select(heading => heading.Value.Trim()));
        Assert.Equal("Report on <i>model.safetensors", Elements(page, "h1").Single().Value);
        Assert.Contains(Elements(page, "bdi"), name => name.Value.EndsWith("/x??\u202e<img src=x onerror=alert(2)>&.png", StringComparison.Ordinal));
        Assert.Contains("both in this report and in the training set", Section(page, "card").Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Training_writes_its_curves_and_the_pictures_that_chose_the_epoch()
    {
        using TemporaryFolder folder = new();
        SyntheticPhotos.Write(folder["photos"], perClass: 20);
        Answer training = Answer.To(["train", folder["photos"], "-o", folder["model.safetensors"], "--report", folder["report.html"], "--quiet", .. TrainedModel.Small]);
        Assert.Equal((ExitCode.Done, ""), (training.Code, training.Messages));
        XElement page = XDocument.Load(folder["report.html"]).Root!;
        Assert.Equal(["figures", "confusion", "mistakes", "uncertain", "curves", .. OfPictures[4..^1], "data", "card"], Sections(page));
        XElement curves = Section(page, "curves");
        Assert.Equal(4, Elements(curves, "polyline").Count());
        Assert.Equal(1 + 4, Elements(curves, "tr").Count());
        Assert.Contains($"8 validation pictures of {folder["photos"]}, which chose the epoch.", page.Value, StringComparison.Ordinal);
        // What is printed without a report is printed with one.
        Assert.Contains("On the validation split, 8 images", training.Results, StringComparison.Ordinal);

        // Nothing held back: curves and card alone.
        Assert.Equal(ExitCode.Done, Answer.To(["train", folder["photos"], "-o", folder["model.safetensors"], "--report", folder["report.html"], "--quiet", "--image-size", "16", "--epochs", "2", "--validation", "0"]).Code);
        Assert.Equal(["curves", "data", "card"], Sections(XDocument.Load(folder["report.html"]).Root!));
    }

    [SmallDiskFact]
    public void A_training_whose_page_could_not_be_written_goes_on_to_it_without_training_again()
    {
        using TemporaryFolder folder = new();
        string[] command = ["train", trained.Photos, "--test", trained.Others, "--quiet", .. TrainedModel.Small];
        Assert.Equal(ExitCode.Done, Answer.To([.. command, "-o", folder["model"], "--report", folder["whole.html"]]).Code);
        byte[] model = File.ReadAllBytes(folder["model"]), page = File.ReadAllBytes(folder["whole.html"]);
        File.Delete(folder["model"]);
        Directory.CreateDirectory(folder["disk"]);
        Assert.True(SmallDiskFactAttribute.Mount(folder["disk"], 16));
        try
        {
            command = [.. command, "-o", folder["model"], "--report", folder["disk/page.html"]];
            Answer full = Answer.To(command);
            Assert.Equal((ExitCode.Failed, 2), (full.Code, full.MessageLines.Length));
            Assert.Contains($"imagesig: {folder["model.checkpoint"]} keeps what was learned; the same command with --resume goes on from there.", full.MessageLines);
            Assert.Equal(model, File.ReadAllBytes(folder["model"]));
            Assert.Equal(4, CheckpointFile.EpochIn(folder["model.checkpoint"]));
            Assert.True(SmallDiskFactAttribute.Resize(folder["disk"], 4096));
            // A training from the beginning would be refused beside the checkpoint.
            Assert.Equal(ExitCode.Failed, Answer.To(command).Code);
            Assert.Equal((ExitCode.Done, ""), AnswerTo([.. command, "--resume"]));
            Assert.Equal(model, File.ReadAllBytes(folder["model"]));
            Assert.Equal(page, File.ReadAllBytes(folder["disk/page.html"]));
            Assert.False(File.Exists(folder["model.checkpoint"]));
        }
        finally
        {
            SmallDiskFactAttribute.Unmount(folder["disk"]);
        }

        static (int, string) AnswerTo(string[] arguments)
        {
            Answer answer = Answer.To(arguments);
            return (answer.Code, answer.Messages);
        }
    }

    [Fact]
    public void A_training_that_was_interrupted_before_its_page_keeps_what_it_learned()
    {
        using TemporaryFolder folder = new();
        using StringWriter messages = new() { NewLine = "\n" };
        using CancellationTokenSource stop = new();
        TrainingRecipe recipe = TrainingRecipe.Named() with { Features = new() { Input = ModelInput.Pixels, Width = 16, Height = 16 } };
        recipe = recipe.WithTraining(options => options with { Epochs = 3, BatchSize = 8 });
        ImageSplits sets = new(ImageSet.Open(trained.Photos), Test: ImageSet.Open(trained.Others));
        TrainRun run = new(
            new(TextWriter.Null, messages, isInteractive: false), sets, recipe, folder["model"], folder["page.html"], new CheckpointOptions(folder["model.checkpoint"], Resume: false), run: null);
        // Once the model is there, test and page are what is left.
        Told progress = new(() =>
        {
            if (File.Exists(folder["model"]))
                stop.Cancel();
        });
        Assert.ThrowsAny<OperationCanceledException>(() => run.Do(before: null, progress, stop.Token));
        Assert.Equal(3, CheckpointFile.EpochIn(folder["model.checkpoint"]));
        Assert.Contains("keeps what was learned; the same command with --resume goes on from there", messages.ToString(), StringComparison.Ordinal);
        Assert.False(File.Exists(folder["page.html"]));
    }

    private sealed class Told(Action told) : ProgressDisplay
    {
        public override void Report(StageProgress value) => told();
    }

    /// <summary>Six bright and six dark pictures, of which two bright ones lie among the dark.</summary>
    private static void Mistaken(string photos)
    {
        SyntheticPhotos.Write(photos, perClass: 6, seed: 3);
        foreach (string name in (string[])["000.png", "001.png"])
            File.Move(Path.Combine(photos, "bright", name), Path.Combine(photos, "dark", $"bright {name}"));
    }

    private static XElement Report(string model, string photos, string path)
    {
        Answer answer = Answer.To("report", model, photos, "-o", path, "--quiet");
        Assert.Equal((ExitCode.Done, ""), (answer.Code, answer.Messages));
        Assert.StartsWith($"{path}: ", answer.Results, StringComparison.Ordinal);
        return XDocument.Load(path).Root!;
    }

    private static IEnumerable<XElement> Elements(XElement within, string name) => within.Descendants().Where(element => element.Name.LocalName == name);

    private static XElement Section(XElement page, string id) => Elements(page, "section").Single(section => (string?)section.Attribute("id") == id);

    private static IEnumerable<string> Sections(XElement page) =>
        Elements(page, "main").Single().Elements().Select(section => (string)section.Attribute("id")!);
}
