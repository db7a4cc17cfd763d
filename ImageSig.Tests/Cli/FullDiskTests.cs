using System.CommandLine;
using ImageSig.Cli;
using ImageSig.Cli.Arguments;
using ImageSig.Tests.Support;

namespace ImageSig.Tests.Cli;

/// <summary>Trainings whose disk fills up, or takes nothing more.</summary>
public class FullDiskTests(TrainedModel trained) : IClassFixture<TrainedModel>
{
    private const int Page = 4096, DiskPages = 64;

    private static readonly string[] Small =
        ["--model", "fc", "--image-size", "16", "--depth", "2", "--neurons", "10", "--epochs", "6", "--batch-size", "8", "--validation", "0.2", "--threads", "1"];

    [SmallDiskFact]
    public void Whatever_room_is_left_a_training_ends_well_or_tells_why_and_that_the_checkpoint_stays()
    {
        using TemporaryFolder folder = new();
        string[] command = ["train", trained.Photos, .. Small, "--quiet"];
        Assert.Equal(ExitCode.Done, Answer.To([.. command, "-o", folder["whole"]]).Code);
        byte[] checkpoint = CheckpointOf(folder["begun"]);
        Directory.CreateDirectory(folder["disk"]);
        Assert.True(SmallDiskFactAttribute.Mount(folder["disk"], DiskPages * Page / 1024));
        try
        {
            int failed = 0, done = 0;
            for (int free = 0; free <= 24; free += 3)
            {
                foreach (string file in Directory.GetFiles(folder["disk"]))
                    File.Delete(file);
                File.WriteAllBytes(folder["disk/m.checkpoint"], checkpoint);
                int taken = (checkpoint.Length + Page - 1) / Page;
                File.WriteAllBytes(folder["disk/other"], new byte[(DiskPages - taken - free) * Page]);
                Answer answer = Answer.To([.. command, "-o", folder["disk/m"], "--resume", "--checkpoint-every", "1"]);
                if (answer.Code == ExitCode.Done)
                {
                    done++;
                    Assert.Equal(File.ReadAllBytes(folder["whole"]), File.ReadAllBytes(folder["disk/m"]));
                    continue;
                }
                failed++;
                Assert.Equal((ExitCode.Failed, 2), (answer.Code, answer.MessageLines.Length));
                Assert.Contains(answer.MessageLines, line => line.StartsWith("imagesig: ", StringComparison.Ordinal) && line.Contains(folder["disk/m"], StringComparison.Ordinal) && !line.Contains("--resume", StringComparison.Ordinal));
                Assert.Contains($"imagesig: {folder["disk/m.checkpoint"]} keeps what was learned; the same command with --resume goes on from there.", answer.MessageLines);
                // It is that of before, or a later one: it is whole in any case.
                Assert.InRange(CheckpointFile.EpochIn(folder["disk/m.checkpoint"])!.Value, 1, 6);
                File.Delete(folder["disk/other"]);
                Assert.Equal(ExitCode.Done, Answer.To([.. command, "-o", folder["disk/m"], "--resume"]).Code);
                Assert.Equal(File.ReadAllBytes(folder["whole"]), File.ReadAllBytes(folder["disk/m"]));
            }
            Assert.True(failed >= 2 && done >= 2, $"{failed} failed, {done} ended well");
        }
        finally
        {
            SmallDiskFactAttribute.Unmount(folder["disk"]);
        }
    }

    [SmallDiskFact]
    public void A_run_on_a_full_disk_ends_in_one_line_and_goes_on_when_there_is_room()
    {
        using TemporaryFolder folder = new();
        string[] command = ["train", trained.Photos, .. Small, "--quiet"];
        Directory.CreateDirectory(folder["disk"]);
        Assert.True(SmallDiskFactAttribute.Mount(folder["disk"], 512));
        try
        {
            File.WriteAllBytes(folder["disk/other"], new byte[490 * 1024]);
            Answer answer = Answer.To([.. command, "--run", folder["disk/run"], "--checkpoint-every", "1"]);
            Assert.Equal(ExitCode.Failed, answer.Code);
            Assert.Equal(
                [
                    $"imagesig: {folder["disk/run"]} keeps the settings of this run, and nothing that was learned; train --run {folder["disk/run"]} --resume begins it anew, or delete the folder.",
                    $"imagesig: cannot write {folder["disk/run/checkpoint"]}: the disk is full. Nothing of this file was left behind; make room or write elsewhere.",
                ],
                answer.MessageLines);
            File.Delete(folder["disk/other"]);
            Assert.Equal(ExitCode.Done, Answer.To("train", "--run", folder["disk/run"], "--resume").Code);
        }
        finally
        {
            SmallDiskFactAttribute.Unmount(folder["disk"]);
        }
    }

    [SmallDiskFact]
    public void A_picture_that_a_full_disk_does_not_take_is_named_and_stays_where_it_is()
    {
        using TemporaryFolder folder = new();
        string picture = Directory.GetFiles(trained.Photos, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).First();
        File.Copy(picture, folder["a.png"]);
        Directory.CreateDirectory(folder["disk"]);
        Assert.True(SmallDiskFactAttribute.Mount(folder["disk"], 16));
        try
        {
            File.WriteAllBytes(folder["disk/other"], new byte[16 * 1024]);
            Answer answer = Answer.To("predict", "-m", trained.Model, folder["a.png"], "--accept-all", "--move-to", folder["disk"]);
            Assert.Equal(ExitCode.Failed, answer.Code);
            Assert.StartsWith($"imagesig: {folder["a.png"]}: cannot be put into {folder["disk"]}/", Assert.Single(answer.MessageLines), StringComparison.Ordinal);
            Assert.True(File.Exists(folder["a.png"]));
        }
        finally
        {
            SmallDiskFactAttribute.Unmount(folder["disk"]);
        }
    }

    [SmallDiskFact]
    public void On_a_disk_that_may_not_be_written_nothing_is_trained_and_the_checkpoint_stays()
    {
        using TemporaryFolder folder = new();
        string[] command = ["train", trained.Photos, .. Small, "--quiet"];
        byte[] checkpoint = CheckpointOf(folder["begun"]);
        Directory.CreateDirectory(folder["disk"]);
        Assert.True(SmallDiskFactAttribute.Mount(folder["disk"], 1024));
        try
        {
            File.WriteAllBytes(folder["disk/m.checkpoint"], checkpoint);
            Assert.True(SmallDiskFactAttribute.Protect(folder["disk"]));
            Answer answer = Answer.To([.. command, "-o", folder["disk/m"], "--resume"]);
            Assert.Equal(
                (ExitCode.Failed, $"imagesig: cannot write {folder["disk/m"]}: the folder {folder["disk"]} does not take new files; choose another, or free it (permissions, a full or read-only disk).\n"),
                (answer.Code, answer.Messages));
            Assert.Equal(checkpoint, File.ReadAllBytes(folder["disk/m.checkpoint"]));
        }
        finally
        {
            SmallDiskFactAttribute.Unmount(folder["disk"]);
        }
    }

    /// <summary>What a training of the same settings keeps that is stopped in its third epoch.</summary>
    private byte[] CheckpointOf(string path)
    {
        RecipeArguments recipes = new();
        Command train = new("train");
        recipes.AddTo(train);
        using CancellationTokenSource stop = new();
        Assert.ThrowsAny<OperationCanceledException>(() => ImageClassifier.Train(
            trained.Photos, recipes.Read(train.Parse(Small)), new Direct(value =>
            {
                if (value.Epoch is { Number: 3 })
                    stop.Cancel();
            }), new(path, Resume: false), stop.Token));
        return File.ReadAllBytes(path);
    }

    private sealed class Direct(Action<PipelineProgress> told) : IProgress<PipelineProgress>
    {
        public void Report(PipelineProgress value) => told(value);
    }
}
