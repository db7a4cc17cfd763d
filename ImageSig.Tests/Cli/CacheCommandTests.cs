using ImageSig.Cli;
using ImageSig.Tests.Support;

namespace ImageSig.Tests.Cli;

/// <summary><c>--cache</c> in the program.</summary>
public class CacheCommandTests
{
    [Fact]
    public void Train_and_evaluate_print_and_write_the_same_with_a_cache()
    {
        using TemporaryFolder folder = new();
        SyntheticPhotos.Write(folder["p"], perClass: 8);
        SyntheticPhotos.Write(folder["others"], perClass: 3, seed: 2);
        string[] train = ["train", folder["p"], "-o", folder["m"], "--test", folder["others"], "--quiet", "--epochs", "2", "--image-size", "16"];
        Answer without = Answer.To(train);
        byte[] expected = File.ReadAllBytes(folder["m"]);
        for (int run = 0; run < 2; run++)
        {
            Answer with = Answer.To([.. train, "--cache", folder["c"]]);
            Assert.Equal((ExitCode.Done, "", Figures(without)), (with.Code, with.Messages, Figures(with)));
            Assert.Equal(expected, File.ReadAllBytes(folder["m"]));
        }
        string[] evaluate = ["evaluate", folder["m"], folder["others"], "--quiet"];
        Assert.Equal(Figures(Answer.To(evaluate)), Figures(Answer.To([.. evaluate, "--cache", folder["c"]])));
        Assert.Equal(22 * 16 * 16 * 3, new FileInfo(Assert.Single(Directory.GetFiles(folder["c"], "*.data"))).Length);
    }

    [Fact]
    public void A_cache_that_is_a_file_is_refused()
    {
        using TemporaryFolder folder = new();
        SyntheticPhotos.Write(folder["p"], perClass: 3);
        File.WriteAllText(folder["c"], "");
        Answer answer = Answer.To("train", folder["p"], "-o", folder["m"], "--cache", folder["c"]);
        Assert.Equal(ExitCode.Failed, answer.Code);
        Assert.Equal($"imagesig: {folder["c"]}: this is a file; a cache is a folder.", Assert.Single(answer.MessageLines));
    }

    /// <summary>All but the times.</summary>
    private static string Figures(Answer answer) => string.Join('\n', answer.ResultLines.Where(line => !line.StartsWith("time", StringComparison.Ordinal)));
}
