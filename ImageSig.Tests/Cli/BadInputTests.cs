using ImageSig.Cli;
using ImageSig.Imaging;
using ImageSig.Tensors;
using ImageSig.Tests.Support;

namespace ImageSig.Tests.Cli;

/// <summary>Bad input: one clear line, the right exit code, nothing half-written.</summary>
public class BadInputTests(TrainedModel trained) : IClassFixture<TrainedModel>
{
    [Fact]
    public void A_missing_folder()
    {
        using TemporaryFolder folder = new();
        AssertFails(folder, "no such folder", "train", folder["gone"], "-o", folder["m"]);
        AssertFails(folder, "no such folder", "features", folder["gone"], "-o", folder["f.npy"]);
        AssertFails(folder, "no such folder", "evaluate", trained.Model, folder["gone"]);
        AssertFails(folder, "no such folder", "train", trained.Photos, "-o", folder["m"], "--test", folder["gone"]);
    }

    [Fact]
    public void A_folder_with_one_class()
    {
        using TemporaryFolder folder = new();
        SyntheticPhotos.Write(folder["photos"], perClass: 2);
        Directory.Delete(folder["photos/dark"], recursive: true);
        AssertFails(folder, "only one class", "train", folder["photos"], "-o", folder["m"]);
    }

    [Theory]
    [InlineData("train/fire train/smoke test/fire other", true)]
    [InlineData("train/fire train/smoke test", true)]
    [InlineData("train/fire train/smoke test/fire", false)]
    [InlineData("train/fire bus car", false)]
    public void Folders_that_look_like_splits_and_are_taken_for_classes_are_named(string layout, bool expected)
    {
        using TemporaryFolder folder = new();
        foreach (string name in layout.Split(' '))
            for (int i = 0; i < 4; i++)
            {
                Directory.CreateDirectory(folder[$"photos/{name}"]);
                SyntheticPhotos.Picture(new Random(i), 20 * name.Length).SavePng(folder[$"photos/{name}/{i}.png"]);
            }
        Answer answer = Answer.To("train", folder["photos"], "-o", folder["m"], "--image-size", "16", "--epochs", "1", "--quiet");
        Assert.Equal(ExitCode.Done, answer.Code);
        Assert.Equal(expected, answer.Messages.Contains(
            $"imagesig: {folder["photos"]}: test and train are taken for classes, not for splits, which hold a folder for each class and have nothing but splits beside them.\n", StringComparison.Ordinal));
    }

    [Fact]
    public void An_empty_class()
    {
        using TemporaryFolder folder = new();
        SyntheticPhotos.Write(folder["photos"], perClass: 2);
        Directory.CreateDirectory(folder["photos/fog"]);
        AssertFails(folder, "holds no file", "train", folder["photos"], "-o", folder["m"]);
    }

    [Fact]
    public void A_test_folder_with_a_class_that_is_not_trained_is_found_before_training()
    {
        using TemporaryFolder folder = new();
        SyntheticPhotos.Write(folder["others"], perClass: 2);
        Directory.Move(folder["others/dark"], folder["others/night"]);
        AssertFails(folder, "no class 'night'", "train", trained.Photos, "-o", folder["m"], "--test", folder["others"], "--epochs", "1000000");
    }

    [Fact]
    public void A_truncated_jpeg_does_not_hide_the_answers_for_others()
    {
        using TemporaryFolder folder = new();
        string whole = Directory.GetFiles(Path.Combine(Folders.Repository, "ImageSig.Tests", "Imaging", "Samples"), "*.jpg")[0];
        byte[] bytes = File.ReadAllBytes(whole);
        File.WriteAllBytes(folder["cut.jpg"], bytes[..(bytes.Length / 2)]);
        File.WriteAllText(folder["text.jpg"], "hello");
        Answer answer = Answer.To("predict", "-m", trained.Model, folder["cut.jpg"], folder["text.jpg"], folder["gone.jpg"], trained.APicture);
        Assert.Equal(ExitCode.Failed, answer.Code);
        Assert.Equal(3, answer.MessageLines.Length);
        foreach ((string name, string line) in new[] { "cut.jpg", "text.jpg", "gone.jpg" }.Zip(answer.MessageLines))
        {
            Assert.StartsWith("imagesig: ", line, StringComparison.Ordinal);
            Assert.Contains(folder[name], line, StringComparison.Ordinal);
        }
        Assert.StartsWith(trained.APicture, answer.ResultLines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_that_was_cut_or_is_none()
    {
        using TemporaryFolder folder = new();
        byte[] model = File.ReadAllBytes(trained.Model);
        File.WriteAllBytes(folder["cut"], model[..^10]);
        File.WriteAllText(folder["text"], "hello");
        foreach (string name in (string[])["cut", "text", "gone"])
        {
            AssertFails(folder, folder[name], "predict", "-m", folder[name], trained.APicture);
            AssertFails(folder, folder[name], "evaluate", folder[name], trained.Others);
            AssertFails(folder, folder[name], "inspect", folder[name]);
        }
    }

    [Fact]
    public void An_output_that_cannot_be_written_is_found_before_the_work()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["file"], "");
        string below = Path.Combine(folder["file"], "m");
        // A million epochs: if training began, this test would not end.
        AssertFails(folder, "does not exist", "train", trained.Photos, "-o", below, "--epochs", "1000000");
        AssertFails(folder, "is a folder", "train", trained.Photos, "-o", folder.Path, "--epochs", "1000000");
        AssertFails(folder, "does not exist", "features", trained.Photos, "-o", below);
        AssertFails(folder, "does not exist", "features", trained.Photos, "-o", folder["f.npy"], "--labels", below);
        AssertFails(folder, "cannot make the folder", "demo", "--output", below);
    }

    [LinuxFact]
    public void A_folder_that_takes_no_files_is_found_before_the_work()
    {
        using TemporaryFolder folder = new();
        AssertFails(folder, "does not take new files", "train", trained.Photos, "-o", "/proc/self/m", "--epochs", "1000000");
    }

    [Theory]
    [InlineData("DIR is empty: Folder with one sub-folder of images per class.", "train", "", "-o", "m")]
    [InlineData("--output is empty; it must be MODEL.", "train", "photos", "-o", "")]
    [InlineData("--test is empty; it must be DIR.", "train", "photos", "-o", "m", "--test", "")]
    [InlineData("--model is empty; it must be MODEL.", "predict", "-m", "", "x.jpg")]
    [InlineData("IMAGE is empty: Image files, or folders of them.", "predict", "-m", "m", "x.jpg", "")]
    [InlineData("MODEL is empty: Model file.", "inspect", "")]
    [InlineData("PATHS is empty: Array", "signature", "", "-o", "s.npy", "--depth", "2")]
    [InlineData("--depth is ''; it must be a whole number from 1 to 12.", "features", "photos", "-o", "f.npy", "--depth", "")]
    public void An_empty_argument_is_wrong_usage_and_named(string expected, params string[] arguments)
    {
        Answer answer = Answer.To(arguments);
        Assert.Equal((ExitCode.WrongUsage, ""), (answer.Code, answer.Results));
        Assert.StartsWith($"imagesig: {expected.TrimEnd('.')}", Assert.Single(answer.MessageLines), StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_that_no_machine_could_hold_are_no_bug()
    {
        using TemporaryFolder folder = new();
        NpyFile.Write<float>(folder["p.npy"], new float[30], 1, 10, 3);
        AssertEnds(ExitCode.WrongUsage, folder, "need more than", "signature", folder["p.npy"], "-o", folder["s.npy"], "--depth", "40");
        AssertEnds(ExitCode.WrongUsage, folder, "a window needs 1…10 points", "signature", folder["p.npy"], "-o", folder["s.npy"], "--depth", "2", "--window", "11");
        AssertEnds(ExitCode.WrongUsage, folder, "need more than", "signature", "--list-words", "3", "40");
        new Image(70_000, 1).SavePng(folder["wide.png"]);
        AssertFails(folder, "a side is 65535 at most", "image", folder["wide.png"], "-o", folder["wide.jpg"]);
        Answer answer = Answer.To("train", trained.Photos, "-o", folder["m"], "--model", "fc", "--image-size", "4096", "--depth", "6", "--neurons", "65536");
        Assert.Equal(ExitCode.WrongUsage, answer.Code);
        Assert.DoesNotContain("bug", Assert.Single(answer.MessageLines), StringComparison.Ordinal);
    }

    /// <summary>Exit code 1, one line with <paramref name="expected"/> in it, no result, and no file that was not there before.</summary>
    private static void AssertFails(TemporaryFolder folder, string expected, params string[] arguments) => AssertEnds(ExitCode.Failed, folder, expected, arguments);

    private static void AssertEnds(int code, TemporaryFolder folder, string expected, params string[] arguments)
    {
        string[] before = Directory.GetFileSystemEntries(folder.Path, "*", SearchOption.AllDirectories);
        Answer answer = Answer.To(arguments);
        Assert.Equal((code, ""), (answer.Code, answer.Results));
        string line = Assert.Single(answer.MessageLines);
        Assert.StartsWith("imagesig: ", line, StringComparison.Ordinal);
        Assert.Contains(expected, line, StringComparison.Ordinal);
        Assert.DoesNotContain("bug", line, StringComparison.Ordinal);
        Assert.Equal(before.Order(), Directory.GetFileSystemEntries(folder.Path, "*", SearchOption.AllDirectories).Order());
    }
}
