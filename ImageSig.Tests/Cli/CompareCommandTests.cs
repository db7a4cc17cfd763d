using System.Text.Json;
using System.Xml.Linq;
using ImageSig.Cli;
using ImageSig.Cli.Display;
using ImageSig.Comparison;
using ImageSig.Tests.Support;

namespace ImageSig.Tests.Cli;

/// <summary><c>imagesig compare</c> on drawn pictures.</summary>
public class CompareCommandTests
{
    private static readonly string[] Brief = ["--models", "pixels,histogram,grid-8,fc", "--epochs", "2", "--quiet"];

    [Fact]
    public void Every_model_is_judged_on_the_test_images_and_a_network_is_recommended()
    {
        using TemporaryFolder folder = new();
        SyntheticPhotos.Write(folder["photos/train"], perClass: 12);
        SyntheticPhotos.Write(folder["photos/test"], perClass: 6, seed: 2);
        Answer answer = Answer.To(["compare", folder["photos"], "-o", folder["results"], "--json", .. Brief]);
        Assert.Equal((ExitCode.Done, ""), (answer.Code, answer.Messages));
        JsonElement result = JsonDocument.Parse(answer.Results).RootElement;
        Assert.Equal($"12 test images of {folder["photos/test"]}", result.GetProperty("testSet").GetString());
        JsonElement[] models = [.. result.GetProperty("models").EnumerateArray()];
        Assert.Equal(["pixels", "histogram", "grid-8", "fc"], models.Select(model => model.GetProperty("name").GetString()));
        Assert.All(models, model => Assert.Equal(12, model.GetProperty("images").GetInt32()));
        JsonElement histogram = models[1];
        Assert.Equal((1, true), (histogram.GetProperty("accuracy").GetDouble(), histogram.GetProperty("asGoodAsBest").GetBoolean()));
        Assert.Equal(Math.Sqrt(14.0 / 16 * (2.0 / 16) / 16), histogram.GetProperty("standardError").GetDouble(), 1e-12);
        JsonElement recommended = models.Single(model => model.GetProperty("name").GetString() == result.GetProperty("recommended").GetString());
        Assert.True(recommended.GetProperty("asGoodAsBest").GetBoolean() || result.GetProperty("baseline").GetString() is "pixels" or "histogram");
        Assert.True(File.Exists(folder[$"results/{recommended.GetProperty("name").GetString()}.safetensors"]));

        // The model that is recommended is there to be used, and the figures are its own.
        Evaluation evaluation = ImageClassifier.Load(folder["results/grid-8.safetensors"]).Evaluate(folder["photos/test"]);
        Assert.Equal(evaluation.Confusion.Accuracy, models[2].GetProperty("accuracy").GetDouble());
        Assert.Equal(new FileInfo(folder["results/grid-8.safetensors"]).Length, models[2].GetProperty("bytes").GetInt64());
    }

    [Fact]
    public void The_figures_are_written_as_a_table_for_programs_one_for_people_and_a_plot()
    {
        using TemporaryFolder folder = new();
        SyntheticPhotos.Write(folder["photos"], perClass: 10);
        Answer answer = Answer.To(["compare", folder["photos"], "-o", folder["results"], "--models", "histogram,pixels", "--epochs", "1", "--time", "10m"]);
        Assert.Equal(ExitCode.Done, answer.Code);
        Assert.Contains("keeps no images for a test: a fifth of every class is held back for it.", answer.Messages, StringComparison.Ordinal);
        Assert.Contains("compare 2/2, pixels", answer.Messages, StringComparison.Ordinal);
        Assert.StartsWith($"On 4 images of {folder["photos"]}, a fifth of every class that was held back from all training:\nmodel      accuracy", answer.Results, StringComparison.Ordinal);
        Assert.EndsWith("\nNo network was compared, so that there is none to take.\n", answer.Results, StringComparison.Ordinal);
        Assert.Contains("\nOnly 4 test images, which says little: keep 30 or more for the test, better some hundreds.\n", answer.Results, StringComparison.Ordinal);
        Assert.Contains("\n- Only 4 test images, which says little", File.ReadAllText(folder["results/comparison.md"]), StringComparison.Ordinal);

        string[] rows = File.ReadAllLines(folder["results/comparison.csv"]);
        Assert.Equal(3, rows.Length);
        Assert.StartsWith("histogram,4,1.0000,0.1531,1.0000,", rows[1], StringComparison.Ordinal);
        Assert.All(rows, row => Assert.Equal(13, row.Split(',').Length));
        Assert.StartsWith("# Comparison on 4 images", File.ReadAllText(folder["results/comparison.md"]), StringComparison.Ordinal);
        XDocument plot = XDocument.Load(folder["results/comparison.svg"]);
        Assert.Equal(2, plot.Descendants().Count(element => element.Name.LocalName == "circle"));

        // Again: what was compared is not lost. Its other files are replaced, those of something else are not.
        string[] again = ["compare", folder["photos"], "-o", folder["results"], "--models", "histogram", "--time", "10", "--quiet"];
        answer = Answer.To(again);
        Assert.Equal(
            (ExitCode.Failed, $"imagesig: {folder["results/comparison.json"]}: a comparison is in this folder already; go on with it (--resume), delete this file, or choose another folder (-o).\n"),
            (answer.Code, answer.Messages));
        Assert.Equal(rows, File.ReadAllLines(folder["results/comparison.csv"]));
        File.Delete(folder["results/comparison.json"]);
        Assert.Equal(ExitCode.Done, Answer.To(again).Code);
        Assert.Equal(2, File.ReadAllLines(folder["results/comparison.csv"]).Length);
        File.WriteAllText(folder["results/comparison.md"], "Do not lose me.");
        answer = Answer.To(["compare", folder["photos"], "-o", folder["results"], "--models", "histogram", "--quiet"]);
        Assert.Equal((ExitCode.Failed, $"imagesig: cannot write {folder["results/comparison.md"]}: the file that is there is not of a comparison; choose another name, or remove it first.\n"), (answer.Code, answer.Messages));
    }

    [Fact]
    public void All_are_compared_where_none_is_named()
    {
        using TemporaryFolder folder = new();
        SyntheticPhotos.Write(folder["photos"], perClass: 10);
        Answer answer = Answer.To("compare", folder["photos"], "-o", folder["results"], "--epochs", "1", "--time", "8s", "--quiet", "--json");
        Assert.Equal(ExitCode.Done, answer.Code);
        JsonElement result = JsonDocument.Parse(answer.Results).RootElement;
        Assert.Equal(
            Contestants.Names.Except(["transfer"]).Order(),
            result.GetProperty("models").EnumerateArray().Select(model => model.GetProperty("name").GetString())
                .Concat(result.GetProperty("leftOut").EnumerateArray().Select(left => left.GetProperty("name").GetString())).Order());
        Assert.Contains(result.GetProperty("models").EnumerateArray(), model => model.GetProperty("name").GetString() == "pixels");
    }

    [Fact]
    public void A_pretrained_network_that_is_given_is_compared_too()
    {
        using TemporaryFolder folder = new();
        SyntheticPhotos.Write(folder["photos"], perClass: 10);
        string backbone = SmallBackbone.Write(folder["small.safetensors"]);
        Answer answer = Answer.To(["compare", folder["photos"], "-o", folder["results"], "--backbone", backbone, "--models", "transfer", "--epochs", "1", "--quiet", "--json"]);
        Assert.Equal(ExitCode.Done, answer.Code);
        Assert.Equal("transfer", JsonDocument.Parse(answer.Results).RootElement.GetProperty("recommended").GetString());
        Assert.Equal("transfer", ImageClassifier.Load(folder["results/transfer.safetensors"]).Model.Spec.Name);
    }

    [Fact]
    public void When_stopped_it_keeps_what_was_compared_so_far()
    {
        using TemporaryFolder folder = new();
        SyntheticPhotos.Write(folder["photos"], perClass: 10);
        using CancellationTokenSource source = new();
        using StringWriter results = new();
        using StopAfterFirst messages = new(source);
        int code = Application.Run(
            ["compare", folder["photos"], "-o", folder["results"], "--models", "histogram,grid", "--epochs", "10000"], new Terminal(results, messages, isInteractive: true), source.Token);
        Assert.Equal(ExitCode.Interrupted, code);
        Assert.Contains($"{folder["results"]} keeps what was compared so far: 1 of 2 models; --resume goes on with the others.", messages.ToString(), StringComparison.Ordinal);
        Assert.Equal(2, File.ReadAllLines(folder["results/comparison.csv"]).Length);
        Assert.Equal(["comparison.csv", "comparison.json", "comparison.md", "comparison.svg"], Directory.GetFiles(folder["results"]).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void What_is_trained_again_is_told_and_kept_until_that_is_done()
    {
        using TemporaryFolder folder = new();
        SyntheticPhotos.Write(folder["photos"], perClass: 10);
        string state = folder["results/comparison.json"], backbone = SmallBackbone.Write(folder["small.safetensors"]);
        string[] common = ["compare", folder["photos"], "-o", folder["results"], "--epochs", "10000"];
        Assert.Equal(ExitCode.Done, Answer.To([.. common, "--models", "histogram"]).Code);
        // As if the row were that of a network, and of another backbone.
        File.WriteAllText(state, File.ReadAllText(state).Replace("\"name\":\"histogram\"", "\"name\":\"transfer\"", StringComparison.Ordinal));
        string earlier = File.ReadAllText(state).Split("\"done\":[")[1].TrimEnd(']', '}');
        using CancellationTokenSource source = new();
        using StopAfterFirst messages = new(source);
        int code = Application.Run(
            [.. common, "--models", "pixels,transfer", "--backbone", backbone, "--resume"], new Terminal(TextWriter.Null, messages, isInteractive: true), source.Token);
        Assert.Equal(ExitCode.Interrupted, code);
        Assert.StartsWith(
            $"imagesig: {folder["photos"]} keeps no images for a test: a fifth of every class is held back for it.\nimagesig: transfer is trained again: what {state} has of it is of another --backbone or another version of imagesig.\n",
            messages.ToString(), StringComparison.Ordinal);
        Assert.Contains(earlier, File.ReadAllText(state), StringComparison.Ordinal);
        Assert.Equal("pixels", Assert.Single(File.ReadAllLines(folder["results/comparison.csv"])[1..]).Split(',')[0]);

        // Done anew, it takes the place of what was.
        Assert.Equal(ExitCode.Done, Answer.To([.. common, "--models", "transfer", "--backbone", backbone, "--resume"]).Code);
        Assert.DoesNotContain(earlier, File.ReadAllText(state), StringComparison.Ordinal);
        Assert.Equal(["pixels", "transfer"], File.ReadAllLines(folder["results/comparison.csv"])[1..].Select(row => row.Split(',')[0]));
    }

    [Fact]
    public void A_comparison_that_goes_on_trains_what_is_missing_and_nothing_else()
    {
        using TemporaryFolder folder = new();
        SyntheticPhotos.Write(folder["photos"], perClass: 10);
        string[] common = ["compare", folder["photos"], "-o", folder["results"], "--epochs", "1", "--resume"];
        Answer first = Answer.To([.. common, "--models", "histogram,fc"]);
        Assert.Equal(ExitCode.Done, first.Code);
        Assert.Contains($"{folder["results/comparison.json"]} is not there: no comparison to go on with; this one begins anew.", first.Messages, StringComparison.Ordinal);
        string[] rows = File.ReadAllLines(folder["results/comparison.csv"]);
        DateTime written = File.GetLastWriteTimeUtc(folder["results/fc.safetensors"]);

        Assert.Equal(ExitCode.Done, Answer.To([.. common, "--models", "fc,pixels,histogram", "--quiet"]).Code);
        string[] after = File.ReadAllLines(folder["results/comparison.csv"]);
        Assert.Equal(["histogram", "fc", "pixels"], after[1..].Select(row => row.Split(',')[0]));
        // Times are measured: equal ones are those of the first run. The last two words say how a row stands beside the others.
        Assert.Equal(rows[1..].Select(Figures), after[1..3].Select(Figures));
        Assert.Equal(written, File.GetLastWriteTimeUtc(folder["results/fc.safetensors"]));

        // Those that are not asked for now are judged too.
        Answer one = Answer.To([.. common, "--models", "histogram", "--quiet"]);
        Assert.Equal(ExitCode.Done, one.Code);
        Assert.All((string[])["histogram", "fc", "pixels"], name => Assert.Contains($"\n{name} ", one.Results, StringComparison.Ordinal));
        Assert.Equal(after, File.ReadAllLines(folder["results/comparison.csv"]));

        // A model that is gone is trained again.
        File.Delete(folder["results/fc.safetensors"]);
        Answer gone = Answer.To([.. common, "--models", "fc", "--quiet"]);
        Assert.Equal(ExitCode.Done, gone.Code);
        Assert.Contains($"fc is trained again: its model {folder["results/fc.safetensors"]} is gone.", gone.Messages, StringComparison.Ordinal);
        Assert.True(File.Exists(folder["results/fc.safetensors"]));
        Assert.Equal(["histogram", "pixels", "fc"], File.ReadAllLines(folder["results/comparison.csv"])[1..].Select(row => row.Split(',')[0]));

        Answer other = Answer.To([.. common, "--models", "fc", "--seed", "2", "--quiet"]);
        Assert.Equal(
            (ExitCode.Failed, $"imagesig: {folder["results/comparison.json"]}: this is of a comparison of other images, or with another --seed or other --epochs; give the same to go on, or choose another folder (-o).\n"),
            (other.Code, other.Messages.Split('\n', 2)[1]));
        string honest = File.ReadAllText(folder["results/comparison.json"]);
        foreach (string damage in (string[])["{\"comparison\":1}", honest.Replace("\"pixels\"", "\"<b>\"", StringComparison.Ordinal)])
            foreach (string[] command in (string[][])[common, common[..^1]])
            {
                File.WriteAllText(folder["results/comparison.json"], damage);
                Answer damaged = Answer.To([.. command, "--models", "fc", "--quiet"]);
                Assert.Equal(
                    (ExitCode.Failed, $"imagesig: {folder["results/comparison.json"]}: this is not what a comparison of this version keeps; delete it, or choose another folder (-o).\n"),
                    (damaged.Code, string.Join('\n', damaged.Messages.Split('\n')[^2..])));
            }

        static string Figures(string row) => string.Join(',', row.Split(',')[..^2]);
    }

    /// <summary>Ends the work once the bar of the comparison is drawn: what a later run goes on from is then written, and the second model not begun.</summary>
    private sealed class StopAfterFirst(CancellationTokenSource source) : StringWriter
    {
        public override void Write(string? value)
        {
            base.Write(value);
            if (value is not null && value.Contains("compare ", StringComparison.Ordinal))
                source.Cancel();
        }
    }
}
