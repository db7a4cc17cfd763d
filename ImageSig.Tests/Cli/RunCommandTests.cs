using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using ImageSig.Cli;
using ImageSig.Cli.Report;
using ImageSig.Cli.Runs;
using ImageSig.Tests.Support;

namespace ImageSig.Tests.Cli;

/// <summary><c>imagesig train --run</c>: all about one training in a folder of its own.</summary>
public class RunCommandTests(TrainedModel trained) : IClassFixture<TrainedModel>
{
    private static readonly string[] Small = ["--model", "fc", "--image-size", "16", "--depth", "2", "--epochs", "6", "--batch-size", "8", "--validation", "0.2", "--threads", "1", "--quiet"];
    private static readonly string[] Files = ["best.safetensors", "last.safetensors", "log.jsonl", "report.html", "results.csv", "settings.json"];

    [Fact]
    public void A_run_keeps_models_settings_figures_a_log_and_a_page()
    {
        using TemporaryFolder folder = new();
        Answer answer = Answer.To(["train", trained.Photos, "--run", folder["run"], "--test", trained.Others, .. Small]);
        Assert.Equal((ExitCode.Done, ""), (answer.Code, answer.Messages));
        Assert.Equal(Files, Names(folder["run"]));

        Answer.To(["train", trained.Photos, "-o", folder["alone"], .. Small]);
        Assert.Equal(File.ReadAllBytes(folder["alone"]), File.ReadAllBytes(folder["run/best.safetensors"]));
        ImageClassifier last = ImageClassifier.Load(folder["run/last.safetensors"]);
        Assert.Equal((6, 6), (last.Training.ChosenEpoch, last.Training.Epochs));

        string[] rows = File.ReadAllLines(folder["run/results.csv"]);
        Assert.Equal("epoch,training loss,validation loss,accuracy,balanced accuracy,learning rate", rows[0]);
        Assert.Equal(["1", "2", "3", "4", "5", "6"], rows.Skip(1).Select(row => row.Split(',')[0]));
        ImageClassifier best = ImageClassifier.Load(folder["run/best.safetensors"]);
        Assert.Equal(best.Training.ValidationAccuracy!.Value.ToString(CultureInfo.InvariantCulture), rows[best.Training.ChosenEpoch].Split(',')[3]);

        JsonElement settings = JsonDocument.Parse(File.ReadAllText(folder["run/settings.json"])).RootElement;
        Assert.Equal(("fc", "6", "0.2"), (Setting("model"), Setting("epochs"), Setting("validation")));
        string[] events = [.. File.ReadLines(folder["run/log.jsonl"]).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("event").GetString()!)];
        Assert.Equal(["begin", .. Enumerable.Repeat("epoch", 6), "end"], events);
        Assert.Contains(ReportPage.Mark, File.ReadAllText(folder["run/report.html"]), StringComparison.Ordinal);

        string? Setting(string name) => settings.GetProperty("settings").GetProperty(name).GetString();
    }

    [Fact]
    public void The_last_model_is_the_one_that_validation_did_not_choose()
    {
        using TemporaryFolder folder = new();
        // A step so long that the last epoch is seldom the best.
        Assert.Equal(ExitCode.Done, Answer.To(["train", trained.Photos, .. Small.Select(word => word == "6" ? "7" : word), "--average", "0.5", "--learning-rate", "0.3", "--run", folder["run"]]).Code);
        ImageClassifier best = ImageClassifier.Load(folder["run/best.safetensors"]), last = ImageClassifier.Load(folder["run/last.safetensors"]);
        Assert.Equal(7, last.Training.ChosenEpoch);
        Assert.Equal(best.Training.ChosenEpoch == 7, File.ReadAllBytes(folder["run/best.safetensors"]).SequenceEqual(File.ReadAllBytes(folder["run/last.safetensors"])));
        string[] figures = File.ReadAllLines(folder["run/results.csv"])[7].Split(',');
        Assert.Equal(last.Training.ValidationLoss!.Value.ToString(CultureInfo.InvariantCulture), figures[2]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_classifier_behind_a_frozen_backbone_has_no_last_model(bool fineTune)
    {
        using TemporaryFolder folder = new();
        SmallBackbone.Write(folder["small.safetensors"]);
        Assert.Equal(ExitCode.Done, Answer.To(
            ["train", trained.Photos, "--run", folder["run"], "--backbone", folder["small.safetensors"], "--image-size", "32", "--depths", "2", "--epochs", "3", "--threads", "1", "--quiet", .. fineTune ? ["--fine-tune"] : (string[])[]]).Code);
        Assert.Equal(fineTune ? Files : Files.Except(["last.safetensors"]), Names(folder["run"]));
    }

    [Fact]
    public void No_run_takes_the_folder_of_another_or_of_other_files()
    {
        using TemporaryFolder folder = new();
        string[] command = ["train", trained.Photos, "--run", folder["run"], .. Small];
        Assert.Equal(ExitCode.Done, Answer.To(command).Code);
        DateTime written = File.GetLastWriteTimeUtc(folder["run/best.safetensors"]);
        foreach (string[] again in (string[][])[command, [.. command, "--resume"], ["train", "--run", folder["run"], "--resume"]])
            Assert.Equal((ExitCode.Failed, $"imagesig: {folder["run"]}: the run in this folder is finished, and stays as it is; choose another folder.\n"), CodeAndMessage(again));
        Assert.Equal(written, File.GetLastWriteTimeUtc(folder["run/best.safetensors"]));
        Directory.CreateDirectory(folder["mine"]);
        File.WriteAllText(folder["mine/notes.txt"], "Do not lose me.");
        Assert.Equal((ExitCode.Failed, $"imagesig: {folder["mine"]}: this folder holds other files, and a run wants one of its own; choose another.\n"), CodeAndMessage("train", trained.Photos, "--run", folder["mine"]));
        Assert.Equal((ExitCode.Failed, $"imagesig: {folder["none"]}: there is no run to go on with; leave --resume out to begin one.\n"), CodeAndMessage("train", "--run", folder["none"], "--resume"));
    }

    [Fact]
    public async Task A_run_that_was_interrupted_goes_on_from_its_folder_alone_to_the_same_bytes()
    {
        using TemporaryFolder folder = new();
        string[] command = ["train", trained.Photos, .. Small.Select(word => word == "6" ? "150" : word)];
        Assert.Equal(ExitCode.Done, Answer.To([.. command, "--run", folder["whole"]]).Code);
        int code;
        // On a busy machine it may come to its end before it is stopped: then once more.
        for (int turn = 0; (code = await Interrupted([.. command, "--run", folder["cut"]], folder["cut/results.csv"])) == ExitCode.Done && turn < 20; turn++)
            Directory.Delete(folder["cut"], recursive: true);
        Assert.Equal(ExitCode.Interrupted, code);
        Assert.Equal((ExitCode.Failed, $"imagesig: {folder["cut"]}: a run is in this folder already; go on with it (--resume), or choose another folder.\n"), CodeAndMessage([.. command, "--run", folder["cut"]]));
        Directory.Move(folder["cut"], folder["moved"]);
        Assert.Equal(ExitCode.Done, Answer.To("train", "--run", folder["moved"], "--resume").Code);
        Assert.Equal(Files, Names(folder["moved"]));
        foreach (string file in Files.Except(["log.jsonl", "settings.json"]))
            Assert.True(File.ReadAllBytes(folder[$"whole/{file}"]).SequenceEqual(File.ReadAllBytes(folder[$"moved/{file}"])), file);
        string log = File.ReadAllText(folder["moved/log.jsonl"]);
        Assert.Matches("(?s)\"begin\".*\"event\":\"stop\",\"message\":\"interrupted\".*\"resume\".*\"end\"", log);
    }

    [Fact]
    public void A_training_whose_loss_is_no_longer_a_number_says_so_and_keeps_the_epochs_before()
    {
        using TemporaryFolder folder = new();
        string[] command =
        [
            "train", trained.Photos, "--run", folder["run"], .. Small.Where(word => word is not ("--epochs" or "6")), "--optimizer", "sgd", "--learning-rate", "10", "--warm-up", "0.9",
        ];
        Answer answer = Answer.To([.. command, "--epochs", "60"]);
        Assert.Equal((ExitCode.Failed, 2), (answer.Code, answer.MessageLines.Length));
        Match told = Regex.Match(answer.MessageLines[0], $"^imagesig: {Regex.Escape(folder["run/checkpoint"])} keeps the epochs before that; the same command with --resume --epochs (\\d+) writes the best of them\\.$");
        Assert.True(told.Success, answer.Messages);
        Assert.Matches("^imagesig: Training: (the loss|weights) became (NaN|∞|infinite) in epoch [0-9]+.*; lower the learning rate", answer.MessageLines[1]);
        Assert.Contains("\"event\":\"stop\",\"message\":\"Training: ", File.ReadAllText(folder["run/log.jsonl"]), StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, Answer.To([.. command, "--resume", "--epochs", told.Groups[1].Value]).Code);
        Assert.Equal(Files, Names(folder["run"]));
        Assert.Equal(int.Parse(told.Groups[1].Value, CultureInfo.InvariantCulture), ImageClassifier.Load(folder["run/best.safetensors"]).Training.Epochs);
    }

    [Fact]
    public void A_run_that_never_began_leaves_nothing()
    {
        using TemporaryFolder folder = new();
        Answer answer = Answer.To("train", trained.Photos, "--run", folder["run"], "--model", "conv", "--image-size", "8", "--quiet");
        Assert.Equal(ExitCode.WrongUsage, answer.Code);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void A_run_goes_on_in_another_folder_with_paths_from_its_own_and_an_option_that_is_given_again()
    {
        using TemporaryFolder folder = new();
        SyntheticPhotos.Write(folder["photos"], perClass: 6);
        using (RunFolder run = new(folder["run"]))
        {
            run.Claim(resume: false);
            run.Begin(new("1", ["photos", "--run", "run", "--resume", "--report", "page.html", .. Small], folder.Path, new Dictionary<string, string>()));
        }
        Answer answer = Answer.To("train", "--run", folder["run"], "--resume", "--epochs", "3");
        Assert.True(answer.Code == ExitCode.Done, answer.Messages);
        Assert.Equal(3, ImageClassifier.Load(folder["run/best.safetensors"]).Training.Epochs);
        Assert.True(File.Exists(folder["page.html"]));
    }

    [Fact]
    public void A_run_that_was_stopped_before_its_page_gets_it()
    {
        using TemporaryFolder folder = new();
        Assert.Equal(ExitCode.Done, Answer.To(["train", trained.Photos, "--run", folder["run"], .. Small]).Code);
        byte[] model = File.ReadAllBytes(folder["run/best.safetensors"]), page = File.ReadAllBytes(folder["run/report.html"]);
        File.Delete(folder["run/report.html"]);
        File.WriteAllLines(folder["run/log.jsonl"], File.ReadAllLines(folder["run/log.jsonl"])[..^1]);
        Assert.Equal(ExitCode.Done, Answer.To("train", "--run", folder["run"], "--resume").Code);
        Assert.Equal(Files, Names(folder["run"]));
        Assert.True(File.ReadAllBytes(folder["run/best.safetensors"]).SequenceEqual(model));
        Assert.True(File.ReadAllBytes(folder["run/report.html"]).SequenceEqual(page));
    }

    [Fact]
    public void Nobody_touches_a_run_that_another_process_is_at_work_on()
    {
        using TemporaryFolder folder = new();
        string[] command = ["train", trained.Photos, "--run", folder["run"], .. Small];
        using (RunFolder first = new(folder["run"]))
        {
            // It still reads images: there is neither a checkpoint nor an epoch.
            first.Claim(resume: false);
            first.Begin(new("1", command[1..], folder.Path, new Dictionary<string, string>()));
            string[] before = [File.ReadAllText(folder["run/settings.json"]), File.ReadAllText(folder["run/log.jsonl"])];
            Answer second = Answer.To([.. command, "--resume"]);
            Assert.Equal(ExitCode.Failed, second.Code);
            Assert.Contains("another training keeps its run here; wait until it is done", Assert.Single(second.MessageLines), StringComparison.Ordinal);
            using RunFolder third = new(folder["run"]);
            Assert.Throws<IOException>(() => third.Claim(resume: false));
            Assert.Equal<string>(before, [File.ReadAllText(folder["run/settings.json"]), File.ReadAllText(folder["run/log.jsonl"])]);
        }
        Assert.Equal(["log.jsonl", "settings.json"], Names(folder["run"]));
    }

    /// <summary>The exit code of a run that is stopped behind its third epoch.</summary>
    private static async Task<int> Interrupted(string[] command, string curves)
    {
        using CancellationTokenSource stop = new();
        Task<Answer> run = Task.Run(() => Answer.To(stop.Token, command));
        SpinWait.SpinUntil(() => run.IsCompleted || (File.Exists(curves) && File.ReadAllLines(curves).Length > 3));
        await stop.CancelAsync();
        return (await run).Code;
    }

    private static (int Code, string Messages) CodeAndMessage(params string[] arguments)
    {
        Answer answer = Answer.To(arguments);
        return (answer.Code, answer.Messages);
    }

    private static IEnumerable<string?> Names(string folder) => Directory.GetFileSystemEntries(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal);
}
