using System.Text.Json;
using ImageSig.Cli;
using ImageSig.Imaging;
using ImageSig.Tests.Support;

namespace ImageSig.Tests.Cli;

/// <summary>What the program says of an image that is unlike all classes.</summary>
public class UnknownCommandTests
{
    [Fact]
    public void Predict_says_unknown_and_the_nearest_class_unless_all_are_to_be_accepted()
    {
        using TemporaryFolder folder = new();
        SyntheticPhotos.Write(folder["photos"], perClass: 40);
        Answer training = Answer.To(["train", folder["photos"], "-o", folder["m"], .. TrainedModel.Small[..^2], "--validation", "0.5", "--quiet"]);
        Assert.Equal((ExitCode.Done, ""), (training.Code, training.Messages));
        Assert.Matches(@"confidence +temperature \d+\.\d\d; calibration error on the validation images \d+\.\d % before, \d+\.\d % after", training.Results);
        Assert.Matches(@"unknown +\d\.\d %", training.Results);
        Image stripes = new(40, 40);
        for (int y = 0; y < 40; y++)
            stripes.Row(y).Fill((byte)(y / 4 % 2 * 255));
        stripes.SavePng(folder["stripes.png"]);

        JsonElement json = Json("predict", "-m", folder["m"], folder["stripes.png"], "--json");
        Assert.Equal("unknown", json.GetProperty("label").GetString());
        string nearest = json.GetProperty("nearest").GetString()!;
        Assert.Equal(json.GetProperty("probabilities").GetProperty(nearest).GetDouble(), json.GetProperty("confidence").GetDouble());
        Assert.True(json.GetProperty("distance").GetDouble() > 1);
        Assert.Contains($",unknown,{nearest},", Answer.To("predict", "-m", folder["m"], folder["stripes.png"], "--csv").ResultLines[1], StringComparison.Ordinal);
        Assert.Contains($"unknown ({nearest})", Answer.To("predict", "-m", folder["m"], folder["stripes.png"]).Results, StringComparison.Ordinal);

        json = Json("predict", "-m", folder["m"], folder["stripes.png"], "--json", "--accept-all");
        Assert.Equal(nearest, json.GetProperty("label").GetString());
        Assert.False(json.TryGetProperty("nearest", out _));
        Assert.DoesNotContain("unknown", Answer.To("predict", "-m", folder["m"], folder["stripes.png"], "--accept-all").Results, StringComparison.Ordinal);

        Assert.InRange(Json("evaluate", folder["m"], folder["photos"], "--json").GetProperty("unknown").GetInt32(), 0, 8);
        json = Json("inspect", folder["m"], "--json");
        Assert.Equal(["temperature", "limit", "lastLimit"], json.GetProperty("answers").EnumerateObject().Select(property => property.Name));
        Assert.True(json.GetProperty("training").TryGetProperty("calibrationErrorAfter", out _));
        Assert.Contains("farther from all classes than 95 %", Answer.To("inspect", folder["m"]).Results, StringComparison.Ordinal);
    }

    [Fact]
    public void Classes_that_stand_for_none_of_the_others_are_expected_by_their_name_and_told()
    {
        using TemporaryFolder folder = new();
        SyntheticPhotos.Write(folder["photos"], perClass: 10);
        Directory.Move(folder["photos/bright"], folder["photos/Unknown"]);
        SyntheticPhotos.Write(folder["more"], perClass: 10);
        Directory.Move(folder["more/bright"], folder["photos/none"]);
        Answer training = Answer.To(["train", folder["photos"], "-o", folder["m"], .. TrainedModel.Small, "--quiet"]);
        Assert.Contains("images of the classes 'Unknown' and 'none'", training.Results, StringComparison.Ordinal);
        string bright = folder["photos/Unknown/000.png"], dark = folder["photos/dark/000.png"];
        foreach (string expected in (string[])["Unknown", "none", "unknown"])
            foreach (string[] more in (string[][])[[], ["--accept-all"]])
            {
                Assert.Equal(ExitCode.Done, Answer.To(["predict", "-m", folder["m"], bright, "--expect", expected, .. more]).Code);
                Assert.Equal(ExitCode.Unexpected, Answer.To(["predict", "-m", folder["m"], dark, "--accept-all", "--expect", expected]).Code);
            }
        Assert.Equal(ExitCode.Unexpected, Answer.To("predict", "-m", folder["m"], bright, "--expect", "dark").Code);
    }

    [Fact]
    public void Without_a_class_to_know_nothing_is_trained()
    {
        using TemporaryFolder folder = new();
        SyntheticPhotos.Write(folder["photos"], perClass: 5);
        Directory.Move(folder["photos/bright"], folder["photos/None"]);
        Directory.Move(folder["photos/dark"], folder["photos/unknown"]);
        Answer training = Answer.To(["train", folder["photos"], "-o", folder["m"], .. TrainedModel.Small, "--quiet"]);
        Assert.Equal(
            (ExitCode.Failed, $"imagesig: {folder["photos"]}: the classes 'None' and 'unknown' stand for what is none of the others, and there are no others; add at least one class of another name.\n"),
            (training.Code, training.Messages));
    }

    [Fact]
    public void A_training_without_validation_says_that_nothing_is_calibrated()
    {
        using TemporaryFolder folder = new();
        SyntheticPhotos.Write(folder["photos"], perClass: 5);
        Answer training = Answer.To(["train", folder["photos"], "-o", folder["m"], .. TrainedModel.Small[..^2], "--validation", "0", "--quiet"]);
        Assert.Contains("not calibrated, with 0 validation images; 19 are needed", training.Results, StringComparison.Ordinal);
        Assert.DoesNotContain("unknown", training.Results, StringComparison.Ordinal);
    }

    private static JsonElement Json(params string[] arguments)
    {
        Answer answer = Answer.To(arguments);
        Assert.Equal(ExitCode.Done, answer.Code);
        return JsonDocument.Parse(Assert.Single(answer.ResultLines)).RootElement;
    }
}
