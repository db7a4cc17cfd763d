using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using ImageSig.Cli;
using ImageSig.Cli.Display;
using ImageSig.Cli.Watch;
using ImageSig.Tests.Support;
using ImageSig.Watching;

namespace ImageSig.Tests.Cli;

/// <summary>train, predict, evaluate and inspect speak of attributes where a model has them.</summary>
public class AttributeCommandTests
{
    [Fact]
    public void Many_yes_or_no_questions_are_learned_and_answered()
    {
        using TemporaryFolder folder = new();
        SyntheticPhotos.Write(folder["photos"], perClass: 20);
        IEnumerable<string> Rows(string name, int light) => Enumerable.Range(0, 20).Select(i => $"{name}/{i:D3}.png,{light},{(i % 2 == 0 ? "" : 1 - light)}");
        File.WriteAllLines(folder["answers.csv"], ["path,light,dim", .. Rows("bright", 1), .. Rows("dark", 0)]);
        Answer training = Answer.To(["train", folder["photos"], "--attributes", folder["answers.csv"], "-o", folder["m"], .. TrainedModel.Small, "--quiet"]);
        Assert.Equal((ExitCode.Done, ""), (training.Code, training.Messages));
        Assert.Matches(@"attribute +accuracy +balanced +F1 +majority +known +support", training.Results);
        Assert.Matches(@"mean +\d\.\d{3} +(\d\.\d{3}|-) +(\d\.\d{3}|-) +\d\.\d{3}", training.Results);
        Assert.Matches(@"training images +32", training.Results);

        JsonElement json = Json("evaluate", folder["m"], folder["photos"], "--attributes", folder["answers.csv"], "--json", "--quiet");
        Assert.Equal(["accuracy", "balancedAccuracy", "f1", "majorityRate", "count", "attributes", "unreadable"], json.EnumerateObject().Select(property => property.Name));
        Assert.Equal((40, 40, 20), (json.GetProperty("count").GetInt32(), json.GetProperty("attributes")[0].GetProperty("known").GetInt32(), json.GetProperty("attributes")[1].GetProperty("known").GetInt32()));
        json = Json("predict", "-m", folder["m"], folder["photos/dark/000.png"], "--json");
        Assert.Equal("""["dim"]""", json.GetProperty("attributes").GetRawText());
        Assert.Equal("dim", json.GetProperty("label").GetString());
        Assert.Equal(["light", "dim"], Watched(folder["m"]));
        Assert.Contains("attributes ", Answer.To("inspect", folder["m"]).Results, StringComparison.Ordinal);
        Assert.Contains("binary-cross-entropy", Answer.To("inspect", folder["m"]).Results, StringComparison.Ordinal);

        AssertRefused(ExitCode.WrongUsage, "--loss is about classes", "train", folder["photos"], "--attributes", folder["answers.csv"], "-o", folder["n"], "--loss", "focal");
        AssertRefused(ExitCode.WrongUsage, "leave one of the two out", "train", folder["photos"], "--attributes", folder["answers.csv"], "-o", folder["n"], "--format", "csv");
        AssertRefused(ExitCode.Failed, "no such file", "train", folder["photos"], "--attributes", folder["gone.csv"], "-o", folder["n"]);
        AssertRefused(ExitCode.Failed, "no such folder", "train", folder["gone"], "--attributes", folder["answers.csv"], "-o", folder["n"]);
        AssertRefused(ExitCode.Failed, "answers to questions were expected", "evaluate", folder["m"], folder["photos"]);
    }

    [Fact]
    public void A_figure_that_does_not_exist_is_a_dash_and_counts_in_no_mean()
    {
        using TemporaryFolder folder = new();
        SyntheticPhotos.Write(folder["photos"], perClass: 20);
        // Nobody wears a hat.
        IEnumerable<string> Rows(string name, int light) => Enumerable.Range(0, 20).Select(i => $"{name}/{i:D3}.png,{light},0");
        File.WriteAllLines(folder["answers.csv"], ["path,light,hat", .. Rows("bright", 1), .. Rows("dark", 0)]);
        Answer training = Answer.To(["train", folder["photos"], "--attributes", folder["answers.csv"], "-o", folder["m"], .. TrainedModel.Small, "--quiet"]);
        Assert.Equal((ExitCode.Done, "imagesig: hat: no two training images have different answers; nothing can be learned of it.\n"), (training.Code, training.Messages));
        Assert.Matches(@"hat +\d\.\d{3} +- +- +1\.000 ", training.Results);
        string light = Regex.Match(training.Results, @"light +\S+ +(\S+ +\S+)").Groups[1].Value;
        Assert.Equal(light, Regex.Match(training.Results, @"mean +\S+ +(\S+ +\S+)").Groups[1].Value);

        File.WriteAllLines(folder["some.csv"], ["path,light", .. File.ReadLines(folder["answers.csv"]).Skip(1).Select(line => line[..^2])]);
        Assert.Matches(@"hat +- +- +- +- +0 +0\n", Answer.To("evaluate", folder["m"], folder["photos"], "--attributes", folder["some.csv"], "--quiet").Results);
        JsonElement json = Json("evaluate", folder["m"], folder["photos"], "--attributes", folder["some.csv"], "--json", "--quiet");
        Assert.Equal("""{"name":"hat","accuracy":null,"balancedAccuracy":null,"f1":null,"known":0,"support":0}""", json.GetProperty("attributes")[1].GetRawText());
        foreach (string figure in (string[])["accuracy", "balancedAccuracy", "f1"])
            Assert.Equal(json.GetProperty("attributes")[0].GetProperty(figure).GetDouble(), json.GetProperty(figure).GetDouble());

        File.WriteAllLines(folder["hats.csv"], ["path,hat", .. Rows("bright", 1).Select(line => line.Replace(",1,", ",", StringComparison.Ordinal))]);
        json = Json("evaluate", folder["m"], folder["photos"], "--attributes", folder["hats.csv"], "--json", "--quiet");
        Assert.Equal((JsonValueKind.Number, JsonValueKind.Null, JsonValueKind.Null), (json.GetProperty("accuracy").ValueKind, json.GetProperty("balancedAccuracy").ValueKind, json.GetProperty("f1").ValueKind));
        Assert.Equal(ExitCode.Done, Answer.To("report", folder["m"], folder["photos"], "--attributes", folder["hats.csv"], "-o", folder["r.html"], "--quiet").Code);
        Assert.Contains("No attribute with both answers in 20 pictures of", File.ReadAllText(folder["r.html"]), StringComparison.Ordinal);
        Assert.Matches("<bdi>hat</bdi></th><td>[^<]*%[^<]*</td><td>-</td><td>-</td>", File.ReadAllText(folder["r.html"]));
    }

    [Fact]
    public void A_table_without_a_row_to_train_on_can_be_judged_on_and_not_trained_on()
    {
        using TemporaryFolder folder = new();
        SyntheticPhotos.Write(folder["photos"], perClass: 20);
        IEnumerable<string> Rows(string name, int light) => Enumerable.Range(0, 20).Select(i => $"photos/{name}/{i:D3}.png,{light},{(i % 2 == 0 ? "val" : "test")}");
        string[] rows = [.. Rows("bright", 1), .. Rows("dark", 0)];
        File.WriteAllLines(folder["all.csv"], ["path,light", .. rows.Select(row => row[..row.LastIndexOf(',')])]);
        Assert.Equal(ExitCode.Done, Answer.To(["train", folder["all.csv"], "-o", folder["m"], .. TrainedModel.Small, "--quiet"]).Code);
        File.WriteAllLines(folder["held.csv"], ["path,light,split", .. rows]);
        File.WriteAllLines(folder["test.csv"], ["path,light,split", .. rows.Where(row => row.EndsWith("test", StringComparison.Ordinal))]);
        File.WriteAllLines(folder["classes.csv"], ["path,label,split", .. rows]);
        AssertRefused(ExitCode.Failed, $"{folder["held.csv"]}: no row to train on, all are for val or test; write train, or nothing, as the split of some.", "train", folder["held.csv"], "-o", folder["n"]);
        AssertRefused(ExitCode.Failed, "no row to train on, all are for test;", "train", folder.Path, "--attributes", folder["test.csv"], "-o", folder["n"]);
        AssertRefused(ExitCode.Failed, "no row to train on, all are for val or test;", "train", folder["classes.csv"], "-o", folder["n"]);
        Assert.Equal(20, Json("evaluate", folder["m"], folder["test.csv"], "--json", "--quiet").GetProperty("count").GetInt32());
    }

    [Fact]
    public void The_page_about_attributes_has_the_figures_of_each()
    {
        using TemporaryFolder folder = new();
        SyntheticPhotos.Write(folder["photos"], perClass: 20);
        IEnumerable<string> Rows(string name, int light) => Enumerable.Range(0, 20).Select(i => $"{name}/{i:D3}.png,{light},{1 - light}");
        File.WriteAllLines(folder["answers.csv"], ["path,light,dim", .. Rows("bright", 1), .. Rows("dark", 0)]);
        Assert.Equal(ExitCode.Done, Answer.To(["train", folder["photos"], "--attributes", folder["answers.csv"], "--run", folder["run"], .. TrainedModel.Small, "--quiet"]).Code);
        Answer report = Answer.To("report", folder["run/best.safetensors"], folder["photos"], "--attributes", folder["answers.csv"], "-o", folder["r.html"], "--quiet");
        Assert.Equal((ExitCode.Done, ""), (report.Code, report.Messages));
        Assert.Contains("of all answers right in 40 images", report.Results, StringComparison.Ordinal);
        foreach ((string page, string[] sections) in ((string, string[])[])[(folder["r.html"], ["attributes", "card"]), (folder["run/report.html"], ["attributes", "curves", "data", "card"])])
        {
            XElement root = XDocument.Load(page).Root!;
            Assert.Equal(sections, root.Descendants().Single(element => element.Name.LocalName == "main").Elements().Select(section => (string)section.Attribute("id")!));
            XElement figures = root.Descendants().Single(element => (string?)element.Attribute("id") == "attributes");
            Assert.Equal(["light", "dim", "mean"], figures.Descendants().Where(element => element.Name.LocalName == "th" && (string?)element.Attribute("scope") == "row").Select(element => element.Value));
        }
    }

    /// <summary>The labels that are told of ten bright pictures and ten dark ones.</summary>
    private static IEnumerable<string?> Watched(string model)
    {
        using StringWriter results = new();
        byte[] pictures = [.. Enumerable.Range(0, 20).SelectMany(i => SyntheticPhotos.Picture(new Random(i), i < 10 ? 150 : 20).EncodeJpeg())];
        using StreamFeed feed = new(new MemoryStream(pictures), dropsOld: false, "the camera", Assert.Fail);
        new WatchRun(new Terminal(results, TextWriter.Null, isInteractive: false), [model], ClassifierSet.Load(model), new SteadyOptions()).Run(feed, CancellationToken.None);
        return [.. results.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("label").GetString())];
    }

    private static void AssertRefused(int code, string expected, params string[] arguments)
    {
        Answer answer = Answer.To(arguments);
        Assert.Equal((code, ""), (answer.Code, answer.Results));
        Assert.Contains(expected, Assert.Single(answer.MessageLines), StringComparison.Ordinal);
    }

    private static JsonElement Json(params string[] arguments)
    {
        Answer answer = Answer.To(arguments);
        Assert.Equal(ExitCode.Done, answer.Code);
        return JsonDocument.Parse(Assert.Single(answer.ResultLines)).RootElement;
    }
}
