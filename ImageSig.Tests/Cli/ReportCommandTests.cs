using System.Text.Json;
using ImageSig.Cli;
using ImageSig.Tests.Support;

namespace ImageSig.Tests.Cli;

/// <summary>evaluate, predict, inspect: tables for people, JSON for programs.</summary>
public class ReportCommandTests(TrainedModel trained) : IClassFixture<TrainedModel>
{
    [Fact]
    public void Evaluate_prints_the_same_figures_as_a_table_and_as_json()
    {
        Answer table = Answer.To("evaluate", trained.Model, trained.Others, "--quiet");
        Assert.Equal((ExitCode.Done, ""), (table.Code, table.Messages));
        Assert.Contains("accuracy           100.0 %", table.Results, StringComparison.Ordinal);

        JsonElement json = Json(Answer.To("evaluate", trained.Model, trained.Others, "--json"));
        Assert.Equal(["accuracy", "balancedAccuracy", "majorityRate", "calibrationError", "count", "classes", "confusion", "unreadable"], Names(json));
        Assert.Equal((1, 1, 0.5, 10), (json.GetProperty("accuracy").GetDouble(), json.GetProperty("balancedAccuracy").GetDouble(),
            json.GetProperty("majorityRate").GetDouble(), json.GetProperty("count").GetInt32()));
        Assert.Equal(["name", "precision", "recall", "f1", "support"], Names(json.GetProperty("classes")[0]));
        Assert.Equal("""[{"name":"bright","precision":1,"recall":1,"f1":1,"support":5},{"name":"dark","precision":1,"recall":1,"f1":1,"support":5}]""",
            json.GetProperty("classes").GetRawText());
        Assert.Equal("[[5,0],[0,5]]", json.GetProperty("confusion").GetRawText());
        Assert.Equal("[]", json.GetProperty("unreadable").GetRawText());
    }

    /// <summary>There is no recall of a class without pictures, and no precision of one that nothing is taken for.</summary>
    [Fact]
    public void Evaluate_says_nothing_of_what_has_nothing_to_divide_by()
    {
        using TemporaryFolder folder = new();
        SyntheticPhotos.Write(folder["photos"], perClass: 3);
        Directory.Delete(Path.Combine(folder["photos"], "dark"), recursive: true);
        Answer table = Answer.To("evaluate", trained.Model, folder["photos"], "--quiet");
        Assert.Matches(@"\ndark +- +- +- +0\r?\n", table.Results);
        Assert.Equal("""{"name":"dark","precision":null,"recall":null,"f1":null,"support":0}""",
            Json(Answer.To("evaluate", trained.Model, folder["photos"], "--json")).GetProperty("classes")[1].GetRawText());
    }

    [Fact]
    public void Evaluate_names_unreadable_files()
    {
        using TemporaryFolder folder = new();
        SyntheticPhotos.Write(folder["photos"], perClass: 3);
        string text = Path.Combine(folder["photos"], "dark", "é \"note\".jpg");
        File.WriteAllText(text, "not a picture");
        Answer answer = Answer.To("evaluate", trained.Model, folder["photos"], "--json", "--quiet");
        Assert.Equal(ExitCode.Done, answer.Code);
        Assert.Equal(ExitCode.Failed, Answer.To("evaluate", trained.Model, folder["photos"], "--strict", "--quiet").Code);
        JsonElement unreadable = JsonDocument.Parse(answer.Results).RootElement.GetProperty("unreadable");
        Assert.Equal(["path", "reason"], Names(Assert.Single(unreadable.EnumerateArray())));
        Assert.Equal(text, unreadable[0].GetProperty("path").GetString());
        Assert.Contains("é", answer.Results, StringComparison.Ordinal);
        Assert.StartsWith($"imagesig: {text}: ", answer.MessageLines[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Predict_prints_a_line_per_image_and_model()
    {
        Answer answer = Answer.To("predict", "-m", trained.Model, "-m", trained.Model, trained.APicture, trained.Others, "--json");
        Assert.Equal((ExitCode.Done, ""), (answer.Code, answer.Messages));
        Assert.Equal(2 * 11, answer.ResultLines.Length);
        foreach (string line in answer.ResultLines)
        {
            JsonElement json = JsonDocument.Parse(line).RootElement;
            Assert.Equal(["image", "model", "label", "confidence", "probabilities", "milliseconds"], Names(json));
            Assert.Equal(trained.Model, json.GetProperty("model").GetString());
            string image = json.GetProperty("image").GetString()!, label = json.GetProperty("label").GetString()!;
            Assert.Equal(Path.GetFileName(Path.GetDirectoryName(image)), label);
            JsonElement probabilities = json.GetProperty("probabilities");
            Assert.Equal(["bright", "dark"], Names(probabilities));
            Assert.Equal(1, probabilities.EnumerateObject().Sum(entry => entry.Value.GetDouble()), 1e-5);
            Assert.Equal(probabilities.GetProperty(label).GetDouble(), json.GetProperty("confidence").GetDouble());
            Assert.Equal(["decode", "features", "model"], Names(json.GetProperty("milliseconds")));
            Assert.All(json.GetProperty("milliseconds").EnumerateObject(), time => Assert.True(time.Value.GetDouble() >= 0));
        }
    }

    [Fact]
    public void Predict_agrees_with_the_library()
    {
        Prediction expected = ImageClassifier.Load(trained.Model).Predict(trained.APicture);
        Answer answer = Answer.To("predict", "-m", trained.Model, trained.APicture);
        Assert.Equal(2, answer.ResultLines.Length);
        string[] cells = answer.ResultLines[1].Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Assert.Equal([trained.APicture, expected.Label, $"{100 * expected.Confidence:F1} %"], cells[..3]);
        Assert.All(cells[3..], time => Assert.EndsWith(" ms", time, StringComparison.Ordinal));
    }

    [Fact]
    public void Inspect_shows_layers_preprocessing_classes_and_training()
    {
        Answer table = Answer.To("inspect", trained.Model);
        Assert.Equal((ExitCode.Done, ""), (table.Code, table.Messages));
        foreach (string part in (string[])["conv", "20x20", "bright (16 training and 4 validation images)", "dark", "default", "seed", "was chosen"])
            Assert.Contains(part, table.Results, StringComparison.Ordinal);

        ImageClassifier model = ImageClassifier.Load(trained.Model);
        JsonElement json = Json(Answer.To("inspect", trained.Model, "--json"));
        Assert.Equal(model.Model.ParameterCount, json.GetProperty("parameters").GetInt64());
        Assert.Equal(model.Model.ParameterCount, json.GetProperty("layers").EnumerateArray().Sum(layer => layer.GetProperty("parameters").GetInt64()));
        Assert.Equal(new FileInfo(trained.Model).Length, json.GetProperty("bytes").GetInt64());
        Assert.Equal(2, json.GetProperty("preprocessing").GetProperty("depth").GetInt32());
        Assert.Equal("""["bright","dark"]""", json.GetProperty("classes").GetRawText());
        Assert.Equal(4, json.GetProperty("training").GetProperty("epochs").GetInt32());
    }

    [Fact]
    public void Predict_without_a_model_or_an_image_is_wrong_usage()
    {
        Assert.Equal(ExitCode.WrongUsage, Answer.To("predict", trained.APicture).Code);
        Assert.Equal(ExitCode.WrongUsage, Answer.To("predict", "-m", trained.Model).Code);
    }

    private static JsonElement Json(Answer answer)
    {
        Assert.Equal(ExitCode.Done, answer.Code);
        return JsonDocument.Parse(Assert.Single(answer.ResultLines)).RootElement;
    }

    private static string[] Names(JsonElement element) => [.. element.EnumerateObject().Select(property => property.Name)];
}
