using ImageSig.Cli;
using ImageSig.Tests.Support;

namespace ImageSig.Tests.Cli;

/// <summary>What the program makes of the folders that people have.</summary>
public class DataSetCommandTests(TrainedModel trained) : IClassFixture<TrainedModel>
{
    [Fact]
    public void A_folder_of_splits_is_trained_validated_and_reported_on_as_its_names_say()
    {
        using TemporaryFolder folder = new();
        SyntheticPhotos.Write(folder["photos/train"], perClass: 10);
        SyntheticPhotos.Write(folder["photos/val"], perClass: 3, seed: 2);
        Answer answer = Answer.To(["train", folder["photos"], "-o", folder["m"], "--quiet", .. Quick]);
        Assert.Equal(ExitCode.Done, answer.Code);
        Assert.Equal(
            $"imagesig: {folder["photos"]} holds splits: training on {folder["photos/train"]}, choosing the epoch on {folder["photos/val"]}.",
            Assert.Single(answer.MessageLines));
        Assert.StartsWith($"On 6 validation images of {folder["photos/val"]}, which chose the epoch", answer.Results, StringComparison.Ordinal);
        Assert.Equal([10, 10], ImageClassifier.Load(folder["m"]).Training.TrainingImages);

        SyntheticPhotos.Write(folder["photos/test"], perClass: 2, seed: 3);
        answer = Answer.To(["train", folder["photos"], "-o", folder["m"], "--quiet", .. Quick]);
        Assert.EndsWith($", reporting on {folder["photos/test"]}.", Assert.Single(answer.MessageLines), StringComparison.Ordinal);
        Assert.StartsWith($"On 4 test images of {folder["photos/test"]}:", answer.Results, StringComparison.Ordinal);

        answer = Answer.To(["train", folder["photos"], "-o", folder["m"], "--validation", "0.2", .. Quick]);
        Assert.Equal(ExitCode.WrongUsage, answer.Code);
        Assert.Contains("leave one of the two out", Assert.Single(answer.MessageLines), StringComparison.Ordinal);
    }

    [SharedFact("cases")]
    public void The_shared_splits_are_recognized()
    {
        using TemporaryFolder folder = new();
        Answer answer = Answer.To("train", Folders.InShared("cases", "split_root"), "-o", folder["m"], "--epochs", "1", "--image-size", "16", "--quiet");
        Assert.Equal(ExitCode.Done, answer.Code);
        Assert.Equal(["fire", "nofire"], ImageClassifier.Load(folder["m"]).Classes);
        Assert.Contains("holds splits", answer.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_beside_the_class_folders_are_told_by_all_that_leave_them_out()
    {
        using TemporaryFolder folder = new();
        string photos = folder["photos"];
        SyntheticPhotos.Write(Path.Combine(photos, "train"), perClass: 8);
        SyntheticPhotos.Write(Path.Combine(photos, "test"), perClass: 2, seed: 2);
        foreach (string loose in new[] { "train/1.png", "test/1.png", "test/2.png" })
            File.WriteAllText(Path.Combine(photos, loose), "");
        const string LeftOut = "beside the class folders left out: an image's class is the folder that it is in.";
        string[] learned = [$"imagesig: {Path.Combine(photos, "train")}: 1 file {LeftOut}"], judged = [$"imagesig: {Path.Combine(photos, "test")}: 2 files {LeftOut}"];
        Assert.Equal([.. learned, .. judged], Told(["train", photos, "-o", folder["m"], .. TrainedModel.Small]));
        Assert.Equal([.. learned, .. judged], Told("check", photos));
        Assert.Equal(judged, Told("evaluate", folder["m"], photos));
        Assert.Equal(judged, Told("report", folder["m"], photos, "-o", folder["report.html"]));
        Assert.Equal(learned, Told("evaluate", folder["m"], photos, "--split", "train"));
        Assert.Equal(learned, Told("features", photos, "-o", folder["features.npy"]));
        Assert.Equal([.. learned, .. judged], Told("features", photos, "--cache", folder["cache"]));
        Assert.Equal([.. learned, .. judged], Told("compare", photos, "--models", "pixels", "-o", folder["compared"]));
        Assert.Equal([.. learned, .. judged], Told(["sweep", photos, "-o", folder["sweep.csv"], "--vary", "epochs=1,2", "--model", "fc", "--image-size", "16", "--depth", "2"]));

        static string[] Told(params string[] arguments) =>
            [.. Answer.To([.. arguments, "--quiet"]).MessageLines.Where(line => line.Contains("beside", StringComparison.Ordinal))];
    }

    [Fact]
    public void Pictures_on_both_sides_or_under_two_labels_are_told_in_a_line_each()
    {
        using TemporaryFolder folder = new();
        SyntheticPhotos.Write(folder["photos"], perClass: 10);
        File.Copy(folder["photos/dark/002.png"], folder["photos/bright/copy.png"]);
        Answer answer = Answer.To(["train", folder["photos"], "--test", folder["photos"], "-o", folder["m"], "--quiet", "--validation", "0", .. Quick]);
        Assert.Equal(ExitCode.Done, answer.Code);
        Assert.Equal(2, answer.MessageLines.Length);
        Assert.Equal(
            $"imagesig: 1 picture is under two labels: {folder["photos/bright/copy.png"]} and {folder["photos/dark/002.png"]}.", answer.MessageLines[0]);
        Assert.StartsWith(
            $"imagesig: 21 pictures are reported on, and trained on too: {folder["photos/bright/000.png"]} is {folder["photos/bright/000.png"]}", answer.MessageLines[1],
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_may_hold_what_is_no_picture_but_a_file_that_was_named_must_be_one()
    {
        using TemporaryFolder folder = new();
        SyntheticPhotos.Write(folder["photos"], perClass: 1);
        File.WriteAllText(folder["photos/dark/Thumbs.db"], "not a picture");
        Assert.Equal((ExitCode.Done, ""), Predict(folder["photos"]));
        File.WriteAllText(folder["photos/dark/note.txt"], "not a picture");
        (int code, string messages) = Predict(folder["photos"]);
        Assert.Equal(ExitCode.Done, code);
        Assert.StartsWith($"imagesig: {folder["photos/dark/note.txt"]}: ", messages, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Failed, Predict(folder["photos"], "--strict").Code);
        Assert.Equal(ExitCode.Failed, Predict(folder["photos/dark/note.txt"], folder["photos"]).Code);
        Directory.CreateDirectory(folder["texts"]);
        File.WriteAllText(folder["texts/note.txt"], "not a picture");
        Assert.Equal(ExitCode.Failed, Predict(folder["texts"]).Code);
    }

    private static readonly string[] Quick = ["--image-size", "20", "--depth", "2", "--epochs", "1", "--batch-size", "8"];

    private (int Code, string Messages) Predict(params string[] arguments)
    {
        Answer answer = Answer.To(["predict", "-m", trained.Model, .. arguments]);
        return (answer.Code, answer.Messages);
    }
}
