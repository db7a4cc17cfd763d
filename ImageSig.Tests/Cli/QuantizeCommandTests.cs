using System.Text.Json;
using ImageSig.Cli;
using ImageSig.Tests.Support;

namespace ImageSig.Tests.Cli;

/// <summary><c>imagesig quantize</c> from the command line.</summary>
public class QuantizeCommandTests(TrainedModel trained) : IClassFixture<TrainedModel>
{
    [Fact]
    public void A_small_model_is_written_compared_and_used_as_any_other()
    {
        using TemporaryFolder folder = new();
        Answer answer = Answer.To("quantize", trained.Model, "-o", folder["small"], "--calibrate", trained.Others, "--quiet");
        Assert.Equal((ExitCode.Done, ""), (answer.Code, answer.Messages));
        Assert.Matches("small: int8, [0-9.]+ [kKM]?B in place of [0-9.]+ [kKM]?B\n +before +after\naccuracy +[0-9.]+ % +[0-9.]+ %\n0 of 4 images held back are answered otherwise", answer.Results);

        answer = Answer.To("quantize", trained.Model, "-o", folder["half"], "--float16", "--json");
        JsonElement json = JsonDocument.Parse(answer.Results).RootElement;
        Assert.Equal(("float16", new FileInfo(trained.Model).Length, new FileInfo(folder["half"]).Length),
            (json.GetProperty("storage").GetString(), json.GetProperty("bytesBefore").GetInt64(), json.GetProperty("bytesAfter").GetInt64()));
        Assert.False(json.TryGetProperty("images", out _));

        Assert.Contains("dark", Answer.To("predict", "-m", folder["small"], trained.APicture, "--accept-all").Results, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, Answer.To("evaluate", folder["small"], trained.Others, "--quiet").Code);
        Assert.Matches("weights +int8, with one scale for each output; the rest float16", Answer.To("inspect", folder["small"]).Results);
        Assert.Equal("int8", JsonDocument.Parse(Answer.To("inspect", folder["small"], "--json").Results).RootElement.GetProperty("storage").GetString());

        Answer again = Answer.To("quantize", folder["small"], "-o", folder["smaller"]);
        Assert.Equal((ExitCode.WrongUsage, ""), (again.Code, again.Results));
        Assert.Contains("is small already (int8)", Assert.Single(again.MessageLines), StringComparison.Ordinal);
    }
}
