using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using ImageSig.Cli;
using ImageSig.Cli.Arguments;
using ImageSig.Cli.Commands;
using ImageSig.Tests.Support;

namespace ImageSig.Tests.Cli;

/// <summary>Trainings in processes of their own that are killed at any moment, go on, are killed again, and come to the bytes of one that was left alone. How many kills: a few, or what
/// <c>IMAGESIG_KILLS</c> says.</summary>
public class KillTests(TrainedModel trained) : IClassFixture<TrainedModel>
{
    private const int Cases = 4, Epochs = 120;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    [LinuxTheory]
    [InlineData("grid", false)]
    [InlineData("grid", true)]
    [InlineData("conv", false)]
    [InlineData("conv", true)]
    public void A_training_that_was_killed_goes_on_to_the_same_bytes(string model, bool cache)
    {
        using TemporaryFolder folder = new();
        string[] settings = ["--model", model, "--image-size", "24", "--batch-size", "16", "--epochs", $"{Epochs}", "--validation", "0.2", "--threads", "1"];
        string[] command = ["train", trained.Photos, .. settings, "--checkpoint-every", "2", "--quiet"];
        string checkpoint = folder["killed.checkpoint"];
        Assert.Equal(ExitCode.Done, Answer.To([.. command, "-o", folder["whole"]]).Code);
        byte[] whole = File.ReadAllBytes(folder["whole"]);
        command = [.. command, "-o", folder["killed"], "--resume", .. cache ? (string[])["--cache", folder["cache"]] : []];

        int wanted = (int.Parse(Environment.GetEnvironmentVariable("IMAGESIG_KILLS") ?? "4", CultureInfo.InvariantCulture) + Cases - 1) / Cases, kills = 0;
        Random moments = new(model.Length + (cache ? 100 : 0));
        while (kills < wanted)
        {
            // The last one always comes to a checkpoint, so that what follows goes on from it; those before are ended anywhere.
            int writings = kills == wanted - 1 ? 1 + moments.Next(3) : moments.Next(4);
            int begun = Done(checkpoint);
            if (TrainAndKill(command, checkpoint, writings, TimeSpan.FromSeconds(moments.NextDouble() * 0.5)) && !File.Exists(folder["killed"]))
            {
                kills++;
                // One that began anew would write its first epochs over those that were done.
                Assert.InRange(Done(checkpoint), writings == 0 ? begun : Math.Min(begun + 1, Epochs), Epochs);
                continue;
            }
            // It was quicker than the kill: the next one begins anew.
            Assert.Equal(whole, File.ReadAllBytes(folder["killed"]));
            File.Delete(folder["killed"]);
            File.Delete(checkpoint);
        }
        // What is left is trained here, where it shows that it is no more than that.
        int done = Done(checkpoint);
        Assert.InRange(done, 1, Epochs);
        List<int> epochsHere = [];
        GoOn(settings, new(checkpoint, Resume: true) { Interval = TimeSpan.Zero, Epochs = 2, EpochDone = epochs => epochsHere.Add(epochs.Count) }, cache ? folder["cache"] : null).Save(folder["killed"]);
        Assert.Equal(Enumerable.Range(done + 1, Epochs - done), epochsHere);
        Assert.Equal(whole, File.ReadAllBytes(folder["killed"]));
        Assert.Equal(["killed", "whole"], Directory.GetFileSystemEntries(folder.Path).Select(Path.GetFileName).Where(name => name != "cache").Order(StringComparer.Ordinal));
    }

    /// <summary>The last epoch in a checkpoint; 0 where there is none.</summary>
    private static int Done(string checkpoint) => CheckpointFile.EpochIn(checkpoint) ?? 0;

    /// <summary>Goes on with the training of a command line in this process.</summary>
    private ImageClassifier GoOn(string[] settings, CheckpointOptions options, string? cache)
    {
        RecipeArguments recipes = new();
        Command train = new("train");
        recipes.AddTo(train);
        using ImageCache? opened = cache is null ? null : ImageCache.Open(cache);
        ImageSet photos = ImageSet.Open(trained.Photos);
        TrainingOutcome outcome = ImageClassifier.Train(opened?.Over(photos) ?? photos, recipes.Read(train.Parse(settings)), checkpoint: options);
        outcome.DeleteCheckpoint();
        return outcome.Classifier;
    }

    /// <summary>Whether it was still at work at that moment: so long after it has begun and written its checkpoint so many times.</summary>
    private static bool TrainAndKill(string[] command, string checkpoint, int writings, TimeSpan after)
    {
        // Of a process that was killed; this one's own shall tell that it has begun.
        File.Delete($"{checkpoint}.lock");
        using Process training = Process.Start(new ProcessStartInfo("dotnet", [typeof(TrainCommand).Assembly.Location, .. command]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        Task<string> messages = training.StandardError.ReadToEndAsync(), results = training.StandardOutput.ReadToEndAsync();
        Wait(() => File.Exists($"{checkpoint}.lock"));
        for (int writing = 0; writing < writings; writing++)
        {
            DateTime before = File.GetLastWriteTimeUtc(checkpoint);
            Wait(() => File.GetLastWriteTimeUtc(checkpoint) != before);
        }
        if (!training.WaitForExit(after))
            training.Kill();
        Assert.True(training.WaitForExit(Patience), "it does not end");
        bool killed = training.ExitCode == 137;
        Assert.True(killed || training.ExitCode == ExitCode.Done, $"{messages.Result}{results.Result}");
        return killed;

        void Wait(Func<bool> until) => Assert.True(SpinWait.SpinUntil(() => training.HasExited || until(), Patience), "it does not go on");
    }
}
