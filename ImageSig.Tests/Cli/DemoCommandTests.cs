using ImageSig.Cli;
using ImageSig.Tests.Support;

namespace ImageSig.Tests.Cli;

public class DemoCommandTests
{
    [Fact]
    public void The_demo_writes_pictures_model_and_summary_and_says_that_they_are_synthetic()
    {
        using TemporaryFolder folder = new();
        Answer answer = Answer.To("demo", "--output", folder["demo"], "--pictures", "30", "--epochs", "2", "--quiet");
        Assert.Equal((ExitCode.Done, ""), (answer.Code, answer.Messages));
        Assert.Contains("synthetic", answer.Results, StringComparison.Ordinal);
        Assert.Contains("On 20 test images", answer.Results, StringComparison.Ordinal);
        Assert.Equal(80, Directory.GetFiles(folder["demo"], "*.png", SearchOption.AllDirectories).Length);
        Assert.Equal(["cracked", "sound"], ImageClassifier.Load(folder["demo/cracks.safetensors"]).Classes);
        Assert.Contains("synthetic", File.ReadAllText(folder["demo/summary.md"]), StringComparison.Ordinal);
        Assert.Equal(3, answer.ResultLines.Count(line => line.Contains(".png", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_same_seed_gives_the_same_model_and_a_second_run_replaces_the_first()
    {
        using TemporaryFolder folder = new();
        string[] demo = ["demo", "--output", folder["demo"], "--pictures", "15", "--epochs", "1", "--seed", "3", "--quiet"];
        Assert.Equal(ExitCode.Done, Answer.To(demo).Code);
        byte[] first = File.ReadAllBytes(folder["demo/cracks.safetensors"]);
        Assert.Equal(ExitCode.Done, Answer.To(demo).Code);
        Assert.Equal(first, File.ReadAllBytes(folder["demo/cracks.safetensors"]));
    }

    [Fact]
    public void Pictures_of_someone_else_are_neither_trained_on_nor_touched()
    {
        using TemporaryFolder folder = new();
        SyntheticPhotos.Write(folder["demo/train"], perClass: 1);
        Answer answer = Answer.To("demo", "--output", folder["demo"], "--quiet");
        Assert.Equal(ExitCode.Failed, answer.Code);
        Assert.Contains("is not of this demo", Assert.Single(answer.MessageLines), StringComparison.Ordinal);
        Assert.Equal(2, Directory.GetFiles(folder["demo"], "*", SearchOption.AllDirectories).Length);
    }

    [Fact]
    public void A_demo_that_is_stopped_says_which_pictures_it_leaves()
    {
        using TemporaryFolder folder = new();
        using CancellationTokenSource stop = new(TimeSpan.FromMilliseconds(400));
        Answer answer = Answer.To(stop.Token, "demo", "--output", folder["demo"], "--pictures", "3000", "--quiet");
        Assert.Equal(ExitCode.Interrupted, answer.Code);
        int left = Directory.GetFiles(folder["demo"], "*.png", SearchOption.AllDirectories).Length;
        if (left > 0)
            Assert.Contains($"keeps the pictures that were drawn ({left.ToString("N0", System.Globalization.CultureInfo.InvariantCulture)})", answer.MessageLines[0], StringComparison.Ordinal);
        Assert.Equal(left > 0 ? 2 : 1, answer.MessageLines.Length);
    }
}
