using System.CommandLine;
using System.Text.Json;
using ImageSig.Cli;
using ImageSig.Cli.Arguments;
using ImageSig.NN;
using ImageSig.Sweeping;
using ImageSig.Tests.Support;

namespace ImageSig.Tests.Cli;

/// <summary><c>imagesig sweep</c> on drawn pictures.</summary>
public class SweepCommandTests(TrainedModel trained) : IClassFixture<TrainedModel>
{
    private static readonly string[] Small = ["--model", "fc", "--image-size", "16", "--epochs", "2", "--batch-size", "8", "--validation", "0.2", "--threads", "1", "--quiet"];
    private static readonly string[] Varied = ["--vary", "depth=1,2", "--vary", "augment=none|hflip,vflip", "--seeds", "2"];

    [Fact]
    public void A_row_of_a_sweep_has_the_figures_of_train_with_the_same_options()
    {
        using TemporaryFolder folder = new();
        Answer answer = Answer.To(["sweep", trained.Photos, "-o", folder["sweep.csv"], "--test", trained.Others, "--json", .. Small, .. Varied]);
        Assert.Equal((ExitCode.Done, ""), (answer.Code, answer.Messages));
        JsonElement[] results = [.. JsonDocument.Parse(answer.Results).RootElement.GetProperty("results").EnumerateArray()];
        Assert.Equal(["1 none", "1 hflip,vflip", "2 none", "2 hflip,vflip"], results.Select(result => $"{Setting(result, "depth")} {Setting(result, "augment")}"));

        Assert.Equal(ExitCode.Done, Answer.To(["train", trained.Photos, "-o", folder["m"], .. Small, "--depth", "2", "--augment", "hflip,vflip", "--seed", "2"]).Code);
        ImageClassifier model = ImageClassifier.Load(folder["m"]);
        Assert.Equal(model.Evaluate(trained.Others).Confusion.Accuracy, results[3].GetProperty("accuracies")[1].GetDouble());
        Assert.Equal((model.Model.ParameterCount, new FileInfo(folder["m"]).Length), (results[3].GetProperty("parameters").GetInt64(), results[3].GetProperty("bytes").GetInt64()));

        static string? Setting(JsonElement result, string name) => result.GetProperty("settings").GetProperty(name).GetString();
    }

    [Fact]
    public void What_is_done_is_not_done_again_and_the_same_file_comes_out()
    {
        using TemporaryFolder folder = new();
        string[] command = ["sweep", trained.Photos, .. Small, .. Varied];
        Answer whole = Answer.To([.. command, "-o", folder["whole.csv"]]);
        Assert.Equal(ExitCode.Done, whole.Code);
        string[] lines = File.ReadAllLines(folder["whole.csv"]);
        Assert.Equal(9, lines.Length);
        // As an interruption leaves it; and a figure that only the file can tell.
        string[] kept = [.. lines[..4]];
        kept[2] = kept[2].Replace(",8,", ",7,", StringComparison.Ordinal);
        File.WriteAllLines(folder["cut.csv"], kept);
        Assert.Equal(ExitCode.Done, Answer.To([.. command, "-o", folder["cut.csv"]]).Code);
        Assert.Equal([.. kept, .. lines[4..]], File.ReadAllLines(folder["cut.csv"]));
        Answer other = Answer.To([.. command, "-o", folder["cut.csv"], "--epochs", "3"]);
        Assert.Equal(ExitCode.WrongUsage, other.Code);
        other = Answer.To(["sweep", trained.Photos, .. Small[..^5], "--threads", "1", "--quiet", .. Varied, "-o", folder["cut.csv"]]);
        Assert.Equal((ExitCode.Failed, $"imagesig: {folder["cut.csv"]}, line 2: this is of another sweep, with other options or other images; choose another file, or remove it.\n"), (other.Code, other.Messages));
    }

    [Fact]
    public void Shards_put_together_are_the_file_of_one_machine_and_one_that_is_missing_is_named()
    {
        using TemporaryFolder folder = new();
        string[] command = ["sweep", trained.Photos, .. Small, .. Varied];
        Answer alone = Answer.To([.. command, "-o", folder["alone.csv"]]);
        foreach (string shard in (string[])["1/3", "3/3"])
            Assert.Equal(ExitCode.Done, Answer.To([.. command, "-o", folder["sweep.csv"], "--shard", shard]).Code);
        Answer missing = Answer.To([.. command, "-o", folder["sweep.csv"], "--collect"]);
        Assert.Equal(
            (ExitCode.Failed, $"imagesig: {folder["sweep.csv"]}: 3 of 8 trainings are missing; run --shard 2/3 again, and collect again.\n"), (missing.Code, missing.Messages));
        Assert.Equal(ExitCode.Done, Answer.To([.. command, "-o", folder["sweep.csv"], "--shard", "2/3"]).Code);
        Answer collected = Answer.To([.. command, "-o", folder["sweep.csv"], "--collect"]);
        Assert.Equal((ExitCode.Done, alone.Results), (collected.Code, collected.Results));
        Assert.Equal(File.ReadAllBytes(folder["alone.csv"]), File.ReadAllBytes(folder["sweep.csv"]));
    }

    [Fact]
    public void Rows_of_other_values_and_seeds_stay_in_the_file()
    {
        using TemporaryFolder folder = new();
        string[] command = ["sweep", trained.Photos, .. Small, "-o", folder["sweep.csv"]];
        Assert.Equal(ExitCode.Done, Answer.To([.. command, "--vary", "depth=1,2"]).Code);
        string[] first = File.ReadAllLines(folder["sweep.csv"]);
        Assert.Equal(ExitCode.Done, Answer.To([.. command, "--vary", "depth=3"]).Code);
        string[] second = File.ReadAllLines(folder["sweep.csv"]);
        Assert.Equal([first[0], second[1], .. first[1..]], second);
        Assert.Equal(ExitCode.Done, Answer.To([.. command, "--vary", "depth=2", "--collect"]).Code);
        Assert.Equal([first[0], first[2], second[1], first[1]], File.ReadAllLines(folder["sweep.csv"]));
        using (TrainingLock.Take(folder["sweep.csv"]))
            Assert.Equal(ExitCode.Failed, Answer.To([.. command, "--vary", "depth=2", "--collect"]).Code);
    }

    [Fact]
    public void A_combination_that_diverges_is_named_and_the_others_are_done()
    {
        using TemporaryFolder folder = new();
        Answer answer = Answer.To(
            "sweep", trained.Photos, "--model", "fc", "--image-size", "16", "--depth", "2", "--epochs", "60", "--batch-size", "8", "--validation", "0.2", "--threads", "1", "--quiet",
            "--optimizer", "sgd", "--warm-up", "0.9", "--vary", "learning-rate=10,0.001", "-o", folder["sweep.csv"]);
        Assert.Equal(ExitCode.Failed, answer.Code);
        Assert.Matches("^imagesig: learning-rate 10, seed [0-9]+: Training: .* lower the learning rate", Assert.Single(answer.MessageLines));
        Assert.Contains("0.001", Assert.Single(File.ReadAllLines(folder["sweep.csv"])[1..]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_combination_that_memory_does_not_hold_is_named_and_the_others_are_done()
    {
        using TemporaryFolder folder = new();
        Answer answer = Answer.To(["sweep", trained.Photos, .. Small, "--depth", "2", "--training-memory", "5", "--vary", "neurons=2000,8", "-o", folder["sweep.csv"]]);
        Assert.Equal(ExitCode.Failed, answer.Code);
        Assert.Matches("^imagesig: neurons 2000, seed 1: Training: batches of 8 need [0-9.]+ MB on one thread, the limit is 5[.]0 MB; ", Assert.Single(answer.MessageLines));
        Assert.Equal("8", Assert.Single(File.ReadAllLines(folder["sweep.csv"])[1..]).Split(',')[1]);
    }

    [Fact]
    public void Memory_makes_no_other_sweep_and_features_of_16_bits_do()
    {
        using TemporaryFolder folder = new();
        string[] command = ["sweep", trained.Photos, .. Small, "-o", folder["sweep.csv"], "--vary", "depth=1"];
        Assert.Equal(ExitCode.Done, Answer.To(command).Code);
        Assert.Equal(ExitCode.Done, Answer.To([.. command, "--memory", "2000"]).Code);
        Assert.Equal(ExitCode.Done, Answer.To([.. command, "--cache", folder["cache"], "--cache-floats", "32"]).Code);
        Answer half = Answer.To([.. command, "--cache", folder["cache"], "--cache-floats", "16"]);
        Assert.Equal(ExitCode.Failed, half.Code);
        Assert.Contains("this is of another sweep", half.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_teachers_their_content_counts_and_not_their_place()
    {
        using TemporaryFolder folder = new();
        string[] training = ["train", trained.Photos, .. Small, "--depth", "1"];
        Assert.Equal(ExitCode.Done, Answer.To([.. training, "-o", folder["one.st"]]).Code);
        Assert.Equal(ExitCode.Done, Answer.To([.. training, "--seed", "2", "-o", folder["two.st"]]).Code);
        string[] command = ["sweep", trained.Photos, .. Small, "-o", folder["common.csv"], "--vary", "depth=1", "--teacher"];
        Assert.Equal(ExitCode.Done, Answer.To([.. command, folder["one.st"]]).Code);
        File.Copy(folder["one.st"], folder["moved.st"]);
        // What is done is known again: a figure that only the file can tell stays.
        Mark(folder["common.csv"]);
        string marked = File.ReadAllText(folder["common.csv"]);
        Assert.Equal(ExitCode.Done, Answer.To([.. command, folder["moved.st"]]).Code);
        Assert.Equal(marked, File.ReadAllText(folder["common.csv"]));
        File.Copy(folder["two.st"], folder["moved.st"], overwrite: true);
        Answer other = Answer.To([.. command, folder["moved.st"]]);
        Assert.Equal(ExitCode.Failed, other.Code);
        Assert.Contains("this is of another sweep", other.Messages, StringComparison.Ordinal);

        // Where teachers are what is varied, a row is of what they were.
        command = ["sweep", trained.Photos, .. Small, "--depth", "1", "-o", folder["varied.csv"], "--vary", $"teacher={folder["one.st"]}|{folder["moved.st"]}"];
        Assert.Equal(ExitCode.Done, Answer.To(command).Code);
        Mark(folder["varied.csv"]);
        string[] before = File.ReadAllLines(folder["varied.csv"]);
        File.Copy(folder["one.st"], folder["moved.st"], overwrite: true);
        Assert.Equal(ExitCode.Done, Answer.To(command).Code);
        string[] after = File.ReadAllLines(folder["varied.csv"]);
        Assert.Equal([before[0], before[1], before[2]], [after[0], after[1], after[3]]);
        Assert.Matches(@",.*moved\.st \(fc [0-9a-f]{8}\),1,", after[2]);

        static void Mark(string file) => File.WriteAllText(file, File.ReadAllText(file).Replace(",1,8,", ",1,7,", StringComparison.Ordinal));
    }

    [Fact]
    public void Each_teacher_and_backbone_is_read_once_for_all_trainings()
    {
        using TemporaryFolder folder = new();
        string teacher = trained.Model, backbone = SmallBackbone.Write(folder["backbone.safetensors"]);
        SweepArguments sweep = new();
        Command command = new("sweep");
        sweep.AddTo(command);
        IReadOnlyList<SweepPoint> points = sweep.Points(command.Parse(["--backbone", backbone, "--teacher", teacher, "--vary", "hidden=4,8,16", "--vary", "members=0,2", "--seeds", "2"]));
        Assert.Equal(12, points.Count);
        Assert.Single(points.Select(point => Assert.Single(point.Recipe.Teachers)).Distinct(ReferenceEqualityComparer.Instance));
        Assert.Single(points.Select(point => ((TransferSpec)point.Recipe.Model).Backbone).Distinct(ReferenceEqualityComparer.Instance));
    }

    [Fact]
    public void A_table_of_the_paper_has_its_rows_its_sizes_and_its_figures()
    {
        using TemporaryFolder folder = new();
        Answer answer = Answer.To("sweep", trained.Photos, "--paper", "table2", "-o", folder["t.csv"], "--epochs", "1", "--augment", "none", "--validation", "0.2", "--quiet");
        Assert.Equal((ExitCode.Done, ""), (answer.Code, answer.Messages));
        Assert.Matches(@"(?m)^        64       50      1 .* 384,152 .* 92\.4 %     384,152$", answer.Results);
        // The paper misprints two: 96,072 and 1,151,452.
        Assert.Matches(@"(?m)^        32       25 .* 96,077 .*-      96,072$", answer.Results);
        Assert.Equal(11, File.ReadAllLines(folder["t.csv"]).Length);
        foreach (PaperTable table in PaperTable.All)
            Assert.All(table.Figures, figures => Assert.Contains(Variation.Combinations(table.Variations), values => values.SequenceEqual(figures.Values)));
    }

    [Fact]
    public void The_standard_error_is_that_of_the_seeds_or_of_a_single_one_that_of_the_images()
    {
        SweepRow[] rows = [.. ((double[])[0.8, 0.9, 1.0]).Select((accuracy, seed) => new SweepRow(["1"], (ulong)seed, 100, accuracy, accuracy, 1, 1, 1, 1))];
        Assert.Equal(0.1 / Math.Sqrt(3), new SweepGroup(["1"], rows).StandardError, 1e-15);
        Assert.Equal(Math.Sqrt(82.0 / 104 * (22.0 / 104) / 104), new SweepGroup(["1"], rows[..1]).StandardError, 1e-15);
    }
}
