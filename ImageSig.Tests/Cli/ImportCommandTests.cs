using ImageSig.Cli;
using ImageSig.Tensors;
using ImageSig.Tests.Support;

namespace ImageSig.Tests.Cli;

/// <summary><c>imagesig import</c> from the command line.</summary>
public class ImportCommandTests(TrainedModel trained) : IClassFixture<TrainedModel>
{
    [Fact]
    public void Weights_become_a_model_that_predicts_and_says_where_it_came_from()
    {
        using TemporaryFolder folder = new();
        SafetensorsFile whole = SafetensorsFile.Read(File.ReadAllBytes(trained.Model));
        File.WriteAllBytes(folder["weights.safetensors"], new SafetensorsFile([], [.. whole.Tensors.Where(tensor => !tensor.Name.StartsWith("answers", StringComparison.Ordinal))]).ToBytes());
        Answer answer = Answer.To("import", folder["weights.safetensors"], "--like", trained.Model, "-o", folder["m"]);
        Assert.Equal((ExitCode.Done, ""), (answer.Code, answer.Messages));
        Assert.Matches("/m: conv, [0-9,]+ parameters, [0-9.]+ [kKM]?B\n", answer.Results);
        Assert.Contains("dark", Answer.To("predict", "-m", folder["m"], trained.APicture).Results, StringComparison.Ordinal);
        // What a model file holds beside weights is passed over, and so is what else has a name.
        File.WriteAllBytes(folder["more.safetensors"], new SafetensorsFile([], [.. whole.Tensors, new("ema.step", [1], [7])]).ToBytes());
        foreach (string file in (string[])[trained.Model, folder["more.safetensors"]])
        {
            Answer again = Answer.To("import", file, "--like", trained.Model, "-o", folder["again"]);
            Assert.Equal((ExitCode.Done, ""), (again.Code, again.Messages));
            Assert.Equal(File.ReadAllBytes(folder["m"]), File.ReadAllBytes(folder["again"]));
        }
        // Weights of 8 bits are taken with their scales.
        Assert.Equal(ExitCode.Done, Answer.To("quantize", trained.Model, "-o", folder["small"]).Code);
        Answer ofSmall = Answer.To("import", folder["small"], "--like", trained.Model, "-o", folder["large"]);
        Assert.Equal((ExitCode.Done, ""), (ofSmall.Code, ofSmall.Messages));
        Assert.All(
            ImageClassifier.Load(folder["small"]).Model.Parameters.Zip(ImageClassifier.Load(folder["large"]).Model.Parameters),
            pair => Assert.Equal(pair.First.Value.Span.ToArray(), pair.Second.Value.Span.ToArray()));
        string inspected = Answer.To("inspect", folder["m"]).Results;
        Assert.Matches("recipe +imported: the weights were trained elsewhere", inspected);
        Assert.DoesNotContain("optimizer", inspected, StringComparison.Ordinal);

        answer = Answer.To("import", folder["weights.safetensors"], "--model", "conv", "--image-size", "20", "--depth", "2", "--classes", "bright,dark", "-o", folder["n"]);
        Assert.Equal((ExitCode.Done, ""), (answer.Code, answer.Messages));
        Assert.Equal(Answer.To("evaluate", folder["m"], trained.Others, "--json", "--quiet").Results.Split("\"times\"")[0], Answer.To("evaluate", folder["n"], trained.Others, "--json", "--quiet").Results.Split("\"times\"")[0]);
    }
}
