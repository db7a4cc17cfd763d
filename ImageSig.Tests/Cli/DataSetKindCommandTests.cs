using ImageSig.Cli;
using ImageSig.Tests.Support;

namespace ImageSig.Tests.Cli;

/// <summary>Data sets that keep images apart, in the program.</summary>
public class DataSetKindCommandTests
{
    [Fact]
    public void A_table_with_splits_trains_evaluates_and_is_exported()
    {
        using TemporaryFolder folder = new();
        SyntheticPhotos.Write(folder["p"], perClass: 10);
        File.WriteAllLines(folder["t.csv"], ["path,label,split", .. Directory.EnumerateFiles(folder["p"], "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(file => $"{file},{Path.GetFileName(Path.GetDirectoryName(file))},{(file.EndsWith("9.png", StringComparison.Ordinal) ? "test" : "train")}")]);

        Answer answer = Answer.To("train", folder["t.csv"], "-o", folder["m"], "--quiet", "--model", "fc", "--epochs", "3", "--image-size", "16", "--validation", "0");
        Assert.Equal(ExitCode.Done, answer.Code);
        Assert.Equal($"imagesig: {folder["t.csv"]} holds splits: training on {folder["t.csv"]} (train), reporting on {folder["t.csv"]} (test).", Assert.Single(answer.MessageLines));
        Assert.StartsWith($"On 2 test images of {folder["t.csv"]} (test):", answer.Results, StringComparison.Ordinal);

        answer = Answer.To("evaluate", folder["m"], folder["t.csv"], "--quiet");
        Assert.Equal(ExitCode.Done, answer.Code);
        Assert.Equal($"imagesig: {folder["t.csv"]} holds splits: taking {folder["t.csv"]} (test); --split takes another.", Assert.Single(answer.MessageLines));
        Assert.StartsWith("On 2 images", answer.Results, StringComparison.Ordinal);
        Assert.StartsWith("On 18 images", Answer.To("evaluate", folder["m"], folder["t.csv"], "--split", "train", "--quiet").Results, StringComparison.Ordinal);

        answer = Answer.To("evaluate", folder["m"], folder["t.csv"], "--split", "val", "--quiet");
        Assert.Equal(ExitCode.WrongUsage, answer.Code);
        Assert.Equal($"imagesig: --split was given, and {folder["t.csv"]} keeps no such part.", Assert.Single(answer.MessageLines));

        answer = Answer.To("features", folder["t.csv"], "-o", folder["f.npy"], "--depth", "2", "--quiet");
        Assert.StartsWith($"{folder["f.npy"]}: [18, 64, 12]", answer.Results, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_of_splits_is_evaluated_and_exported_as_what_it_is()
    {
        using TemporaryFolder folder = new();
        SyntheticPhotos.Write(folder["p/train"], perClass: 6);
        SyntheticPhotos.Write(folder["p/test"], perClass: 2, seed: 2);
        Assert.Equal(ExitCode.Done, Answer.To("train", folder["p"], "-o", folder["m"], "--quiet", "--model", "fc", "--epochs", "3", "--image-size", "16").Code);
        Assert.StartsWith($"On 4 images of {folder["p/test"]}:", Answer.To("evaluate", folder["m"], folder["p"], "--quiet").Results, StringComparison.Ordinal);
        Answer answer = Answer.To("features", folder["p"], "-o", folder["f.npy"], "--depth", "2", "--labels", folder["l.npy"], "--quiet");
        Assert.Contains("[12, 64, 12]", answer.Results, StringComparison.Ordinal);
        Assert.Contains("0 = bright, 1 = dark", answer.Results, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sweep")]
    [InlineData("compare")]
    [InlineData("check")]
    public void A_command_about_classes_offers_no_kind_of_attributes(string command)
    {
        foreach (string kind in new[] { "attributes", "celeba" })
        {
            Answer answer = Answer.To(command, "photos", "--format", kind);
            Assert.Equal(ExitCode.WrongUsage, answer.Code);
            Assert.StartsWith($"imagesig: --format is '{kind}'; it must be folder, cifar, idx, csv", Assert.Single(answer.MessageLines), StringComparison.Ordinal);
            Assert.DoesNotContain(kind, Answer.To(command, "--help").Results, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_kind_may_be_said()
    {
        using TemporaryFolder folder = new();
        SyntheticPhotos.Write(folder["p"], perClass: 3);
        Answer answer = Answer.To("train", folder["p"], "-o", folder["m"], "--format", "idx");
        Assert.Equal(ExitCode.Failed, answer.Code);
        Assert.Contains("such as train-images-idx3-ubyte", Assert.Single(answer.MessageLines), StringComparison.Ordinal);
        answer = Answer.To("train", folder["p"], "-o", folder["m"], "--format", "zip");
        Assert.Equal(ExitCode.WrongUsage, answer.Code);
        Assert.StartsWith("imagesig: --format is 'zip'; it must be folder, cifar, idx", Assert.Single(answer.MessageLines), StringComparison.Ordinal);
    }
}
