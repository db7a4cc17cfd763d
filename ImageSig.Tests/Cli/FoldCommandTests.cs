using System.Globalization;
using System.Text.Json;
using ImageSig.Cli;
using ImageSig.Cli.Commands;
using ImageSig.Cli.Display;
using ImageSig.Tests.Support;

namespace ImageSig.Tests.Cli;

/// <summary><c>imagesig train --folds</c> on drawn pictures.</summary>
public class FoldCommandTests(TrainedModel trained) : IClassFixture<TrainedModel>
{
    private static readonly string[] Small = ["--model", "fc", "--image-size", "16", "--depth", "2", "--epochs", "3", "--batch-size", "8", "--validation", "0.2", "--quiet"];

    [Fact]
    public void Every_image_is_judged_once_by_a_model_that_did_not_see_it()
    {
        using TemporaryFolder folder = new();
        Answer answer = Answer.To(["train", trained.Photos, "--folds", "3", "--predictions", folder["p.csv"], "--json", .. Small]);
        Assert.Equal((ExitCode.Done, ""), (answer.Code, answer.Messages));
        JsonElement folds = JsonDocument.Parse(answer.Results).RootElement.GetProperty("folds");
        double[] accuracies = [.. folds.GetProperty("folds").EnumerateArray().Select(fold => fold.GetProperty("accuracy").GetDouble())];
        Assert.Equal(3, accuracies.Length);
        Assert.Equal(accuracies.Average(), folds.GetProperty("accuracy").GetDouble(), 1e-12);
        Assert.Equal(Math.Sqrt(accuracies.Sum(accuracy => Math.Pow(accuracy - accuracies.Average(), 2)) / 2), folds.GetProperty("deviation").GetDouble(), 1e-12);

        string[][] rows = [.. File.ReadLines(folder["p.csv"]).Select(line => line.Split(','))];
        Assert.Equal("image,class,fold,predicted,confidence,bright,dark", string.Join(',', rows[0]));
        Assert.Equal(40, rows.Skip(1).Select(row => row[0]).Distinct().Count());
        foreach (string[] row in rows[1..])
        {
            Assert.True(File.Exists(row[0]));
            Assert.Equal(Path.GetFileName(Path.GetDirectoryName(row[0])), row[1]);
            Assert.Equal(float.Parse(row[4], CultureInfo.InvariantCulture), row[5..].Max(text => float.Parse(text, CultureInfo.InvariantCulture)));
        }
        foreach (int fold in (int[])[1, 2, 3])
        {
            string[][] held = [.. rows[1..].Where(row => row[2] == $"{fold}")];
            Assert.InRange(held.Length, 12, 14);
            Assert.Equal(accuracies[fold - 1], held.Average(row => row[1] == row[3] ? 1.0 : 0), 1e-12);
        }
        Assert.Equal(["p.csv"], Directory.GetFileSystemEntries(folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public void With_an_output_the_model_is_that_of_all_images_and_the_folds_come_first()
    {
        using TemporaryFolder folder = new();
        Answer answer = Answer.To(["train", trained.Photos, "--folds", "2", "-o", folder["m"], .. Small]);
        Assert.Equal((ExitCode.Done, ""), (answer.Code, answer.Messages));
        Assert.Matches($@"^2 folds of 40 images of .*:\nfold +images +accuracy +balanced +epoch\n1 +20 .* of 3\n2 +20 .*\nmean .*\ndeviation .*\n\nAll answers together:\naccuracy ", answer.Results);
        Assert.Contains("On the validation split, 8 images", answer.Results, StringComparison.Ordinal);
        Answer.To(["train", trained.Photos, "-o", folder["alone"], .. Small]);
        Assert.Equal(File.ReadAllBytes(folder["alone"]), File.ReadAllBytes(folder["m"]));
        Assert.Equal(["alone", "m"], Directory.GetFileSystemEntries(folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Folds_that_are_done_are_not_trained_again_and_the_answers_are_the_same()
    {
        using TemporaryFolder folder = new();
        ImageSet set = ImageSet.Open(trained.Photos);
        TrainingRecipe recipe = TrainingRecipe.Named(TrainingRecipe.Default, "fc").WithTraining(options => options with { Epochs = 3, BatchSize = 8 });
        recipe = recipe with { Features = recipe.Features with { Width = 16, Height = 16, Depth = 2 } };
        CrossValidation whole = CrossValidation.Run(set, recipe, folds: 3);

        using CancellationTokenSource stop = new();
        FoldOptions first = new() { Checkpoint = fold => new(folder[$"{fold}"], Resume: false), Begin = fold => { if (fold == 2) stop.Cancel(); } };
        Assert.Throws<OperationCanceledException>(() => CrossValidation.Run(set, recipe, folds: 3, first, cancellationToken: stop.Token));
        int fold = 0;
        HashSet<int> trainedAgain = [];
        FoldOptions second = new() { Checkpoint = fold => new(folder[$"{fold}"], Resume: true), Begin = begun => fold = begun };
        CrossValidation rest = CrossValidation.Run(set, recipe, folds: 3, second, new Direct(stage =>
        {
            if (stage == PipelineStage.Train)
                trainedAgain.Add(fold);
        }));
        Assert.Equal([2], trainedAgain);
        Assert.Equal(whole.Answers, rest.Answers);
        rest.DeleteCheckpoints();
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void Who_stops_folds_is_told_of_the_checkpoints_that_are_there()
    {
        using TemporaryFolder folder = new();
        using StringWriter messages = new() { NewLine = "\n" };
        TrainingRecipe recipe = TrainingRecipe.Named(TrainingRecipe.Default, "fc").WithTraining(options => options with { Epochs = 2, BatchSize = 8 });
        recipe = recipe with { Features = recipe.Features with { Width = 16, Height = 16, Depth = 2 } };
        CheckpointOptions checkpoint = new(folder["any"], Resume: false) { Interval = TimeSpan.FromHours(1) };
        FoldsRun run = new(new(TextWriter.Null, messages, isInteractive: false), recipe, folds: 3, predictions: null, folder["p"], checkpoint);
        using CancellationTokenSource stop = new();
        // The second has begun by then, and has learned nothing.
        StopsBeforeFold progress = new(done: 1, stop);
        Assert.ThrowsAny<OperationCanceledException>(() => run.Do(new(ImageSet.Open(trained.Photos)), 0, progress, stop.Token));
        Assert.Equal(["p.fold-1.checkpoint"], Directory.GetFileSystemEntries(folder.Path).Select(Path.GetFileName));
        Assert.Equal($"imagesig: {folder["p.fold-1.checkpoint"]} keeps what was learned; the same command with --resume goes on from there.\n", messages.ToString());
    }

    private sealed class StopsBeforeFold(int done, CancellationTokenSource stop) : ProgressDisplay
    {
        public override void Report(StageProgress value)
        {
            if (value.Stage == "folds" && value.Done == done)
                stop.Cancel();
        }
    }

    private sealed class Direct(Action<PipelineStage> told) : IProgress<PipelineProgress>
    {
        public void Report(PipelineProgress value) => told(value.Stage);
    }
}
