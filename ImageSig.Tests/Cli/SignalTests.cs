using System.Diagnostics;
using System.Globalization;
using ImageSig.Cli;
using ImageSig.Cli.Commands;
using ImageSig.Tests.Support;

namespace ImageSig.Tests.Cli;

/// <summary>Trainings that are ended from outside, in processes of their own.</summary>
public class SignalTests(TrainedModel trained) : IClassFixture<TrainedModel>
{
    private const int Killed = 128 + 9;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>The end of the terminal, a polite request, and none at all. (Ctrl-C is ignored by what a shell began in the background, as tests may be.)</summary>
    [LinuxTheory]
    [InlineData("HUP")]
    [InlineData("TERM")]
    [InlineData("KILL")]
    public void A_training_that_a_signal_ended_goes_on_to_the_bytes_of_one_that_was_left_alone(string signal)
    {
        using TemporaryFolder folder = new();
        string[] command = ["train", trained.Photos, "--image-size", "20", "--depth", "2", "--batch-size", "8", "--epochs", "600", "--validation", "0.2", "--model", "fc", "--threads", "1", "--quiet"];
        Assert.Equal(ExitCode.Done, Answer.To([.. command, "-o", folder["whole"]]).Code);
        if (signal == "HUP" && IgnoresTheEndOfTheTerminal())
        {
            // These tests were begun by nohup, and so is the training: it is to go on to its end.
            Assert.Equal(ExitCode.Done, TrainUntil(signal, [.. command, "-o", folder["ended"]], folder["ended.checkpoint"], delay: 0).Code);
            Assert.Equal(File.ReadAllBytes(folder["whole"]), File.ReadAllBytes(folder["ended"]));
            return;
        }
        (int Code, string Said) end;
        // On a busy machine, or a fast one, the training may come to its end before the signal does: then once more, and sooner.
        double delay = 0.4;
        for (; (end = TrainUntil(signal, [.. command, "-o", folder["ended"]], folder["ended.checkpoint"], delay)).Code == ExitCode.Done && delay > 0.004; delay *= 0.8)
            File.Delete(folder["ended"]);
        Assert.False(File.Exists(folder["ended"]), "every training ended before the signal came");
        Assert.True(end.Code == (signal == "KILL" ? Killed : ExitCode.Interrupted), $"{end.Code}: {end.Said}");
        Assert.Equal(ExitCode.Done, Answer.To([.. command, "-o", folder["ended"], "--resume"]).Code);
        Assert.Equal(File.ReadAllBytes(folder["whole"]), File.ReadAllBytes(folder["ended"]));
        // Nothing is left of what was being written.
        Assert.Equal(["ended", "whole"], Directory.GetFileSystemEntries(folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [LinuxTheory]
    [InlineData("image PICTURE --size 200 -o FILE", ExitCode.Failed, "cannot write FILE: no file of that length may be on this disk (FAT), or be made by this process (ulimit -f). Nothing of this file was left behind; write elsewhere, or raise the limit.")]
    [InlineData("features PHOTOS --image-size 20 --quiet -o FILE", ExitCode.Failed, "cannot write FILE: no file of that length may be on this disk (FAT), or be made by this process (ulimit -f). Nothing of this file was left behind; write elsewhere, or raise the limit.")]
    [InlineData("evaluate MODEL PHOTOS --quiet --cache FILE", ExitCode.Done, "FILE takes no more, and what it lacks is kept for this run alone, in memory or in a temporary file: no file of that length may be on this disk (FAT), or be made by this process (ulimit -f).")]
    [InlineData("help train > FILE", ExitCode.Failed, "cannot write the results to standard output: no file of that length may be on this disk (FAT), or be made by this process (ulimit -f).")]
    public void A_file_that_may_not_become_so_long_is_told_and_kills_nobody(string command, int code, string line)
    {
        using TemporaryFolder folder = new();
        string file = folder["long.ppm"];
        string[] arguments = command.Split(" >")[0].Replace("FILE", file, StringComparison.Ordinal).Replace("PICTURE", trained.APicture, StringComparison.Ordinal)
            .Replace("PHOTOS", trained.Photos, StringComparison.Ordinal).Replace("MODEL", trained.Model, StringComparison.Ordinal).Split(' ');
        (int ended, string messages, string results) = WithShortFiles(command.Contains('>', StringComparison.Ordinal) ? $" > '{file}'" : "", arguments);
        Assert.Equal((code, $"imagesig: {line.Replace("FILE", file, StringComparison.Ordinal)}\n"), (ended, messages));
        Assert.Equal(command.EndsWith("-o FILE", StringComparison.Ordinal) ? [] : [file], Directory.GetFileSystemEntries(folder.Path));
        Assert.Equal(code == ExitCode.Done, results.Length > 0);
    }

    [LinuxFact]
    public void A_picture_that_is_too_long_to_be_copied_is_told_in_a_line()
    {
        using TemporaryFolder folder = new();
        File.WriteAllBytes(folder["long.ppm"], [.. "P6 50 50 255\n"u8, .. new byte[50 * 50 * 3]]);
        (int ended, string messages, _) = WithShortFiles("", "predict", "-m", trained.Model, folder["long.ppm"], "--copy-to", folder["sorted"], "--accept-all");
        Assert.Equal(ExitCode.Failed, ended);
        Assert.StartsWith($"imagesig: {folder["long.ppm"]}: cannot be put into {folder["sorted"]}", messages, StringComparison.Ordinal);
        Assert.EndsWith("no file of that length may be on this disk (FAT), or be made by this process (ulimit -f).\n", messages, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder["sorted"], "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None }));
    }

    /// <summary>The program where no file may have more than 5 KB.</summary>
    private static (int Code, string Messages, string Results) WithShortFiles(string redirection, params string[] arguments)
    {
        ProcessStartInfo start = new("sh", ["-c", $"ulimit -f 10; exec dotnet \"$@\"{redirection}", "sh", typeof(TrainCommand).Assembly.Location, .. arguments]) { RedirectStandardError = true, RedirectStandardOutput = true };
        // The runtime itself makes a long file otherwise.
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        using Process process = Process.Start(start)!;
        Task<string> messages = process.StandardError.ReadToEndAsync(), results = process.StandardOutput.ReadToEndAsync();
        Assert.True(process.WaitForExit(Patience), "it did not end");
        return (process.ExitCode, messages.Result, results.Result);
    }

    /// <summary>Whether this process ignores SIGHUP, as those that it begins do then: the first bit of a mask.</summary>
    private static bool IgnoresTheEndOfTheTerminal()
    {
        const string Ignored = "SigIgn:";
        string mask = File.ReadLines("/proc/self/status").First(line => line.StartsWith(Ignored, StringComparison.Ordinal))[Ignored.Length..];
        return (ulong.Parse(mask.Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture) & 1) != 0;
    }

    /// <summary>Trains in another process, and sends it a signal when it has been at work for a moment.</summary>
    /// <param name="signal">Which.</param>
    /// <param name="arguments">Of the program.</param>
    /// <param name="checkpoint">Of the training.</param>
    /// <param name="delay">Seconds of the moment.</param>
    /// <returns>Its exit code, and what it said.</returns>
    private static (int Code, string Said) TrainUntil(string signal, string[] arguments, string checkpoint, double delay)
    {
        using Process training = Process.Start(new ProcessStartInfo("dotnet", [typeof(TrainCommand).Assembly.Location, .. arguments]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        Task<string> messages = training.StandardError.ReadToEndAsync(), results = training.StandardOutput.ReadToEndAsync();
        // A shell that is there already is quicker than this process would be: the training is over in a second or two.
        const string KillOnceThere = "while [ ! -e \"$1.lock\" ] && kill -0 \"$2\" 2> /dev/null; do :; done; sleep \"$4\"; kill -s \"$3\" \"$2\"";
        using Process kill = Process.Start("sh", ["-c", KillOnceThere, "sh", checkpoint, $"{training.Id}", signal, delay.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
        Assert.True(training.WaitForExit(Patience), "the signal did not end it");
        return (training.ExitCode, $"{messages.Result}{results.Result}");
    }
}
