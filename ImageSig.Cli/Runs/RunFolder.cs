using System.Globalization;
using System.Text;
using System.Text.Json;
using ImageSig.Cli.Arguments;
using ImageSig.Cli.Json;
using ImageSig.NN;
using ImageSig.Tensors;

namespace ImageSig.Cli.Runs;

/// <summary>Everything about one training in a folder of its own: models, settings, figures of the epochs, what happened, and a page. No run takes the folder of another.</summary>
/// <param name="path">The folder.</param>
internal sealed class RunFolder(string path) : IDisposable
{
    private const string LockName = "run";

    private const string CsvHeading = "epoch,training loss,validation loss,accuracy,balanced accuracy,learning rate";

    private TrainingLock? alone;

    /// <summary>The folder.</summary>
    public string Folder => path;

    /// <summary>Whether a run has begun in the folder, and nothing is there that it learned.</summary>
    public bool HasLearnedNothing => File.Exists(Settings) && !File.Exists(Checkpoint) && !File.Exists(Best);

    /// <summary>The model of the epoch that was chosen.</summary>
    public string Best => Path.Combine(path, "best.safetensors");

    /// <summary>The model of the last epoch.</summary>
    public string Last => Path.Combine(path, "last.safetensors");

    /// <summary>What is needed to go on.</summary>
    public string Checkpoint => Path.Combine(path, "checkpoint");

    /// <summary>The page.</summary>
    public string Report => Path.Combine(path, "report.html");

    private string Settings => Path.Combine(path, "settings.json");

    private string Results => Path.Combine(path, "results.csv");

    private string Log => Path.Combine(path, "log.jsonl");

    /// <summary>Refuses a folder that is another's, before any work.</summary>
    /// <param name="resume">Whether to go on with the run that is there.</param>
    /// <exception cref="IOException">It cannot be this run's.</exception>
    public void Check(bool resume)
    {
        bool isRun = File.Exists(Settings);
        if (isRun && IsFinished())
            throw new IOException($"{path}: the run in this folder is finished, and stays as it is; choose another folder.");
        if (isRun && !resume)
            throw new IOException($"{path}: a run is in this folder already; go on with it (--resume), or choose another folder.");
        if (!isRun && Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any(entry => Path.GetFileName(entry) != $"{LockName}.lock"))
            throw new IOException($"{path}: this folder holds other files, and a run wants one of its own; choose another.");
        if (!isRun && resume)
            throw new IOException($"{path}: there is no run to go on with; leave --resume out to begin one.");
    }

    /// <summary>Makes the folder, and keeps every other process away from it until this is disposed of.</summary>
    /// <exception cref="IOException">Another process is at work in it, or it cannot be this run's.</exception>
    public void Claim(bool resume)
    {
        OutputPath.MakeFolder(path);
        alone = TrainingLock.Take(Path.Combine(path, LockName), "another training keeps its run");
        // Another may have begun or ended since the first look.
        Check(resume);
    }

    /// <summary>Says what begins or goes on in the folder, which was claimed.</summary>
    /// <exception cref="IOException">It takes no files.</exception>
    public void Begin(RunSettingsJson settings)
    {
        bool isRun = File.Exists(Settings);
        try
        {
            if (!isRun)
                WriteText(Settings, settings.ToText() + "\n");
            Tell(isRun ? "resume" : "begin");
        }
        catch when (!isRun)
        {
            Leave();
            throw;
        }
    }

    /// <summary>The command line of the run that is here.</summary>
    /// <exception cref="IOException">There is none.</exception>
    public RunSettingsJson ReadSettings()
    {
        Check(resume: true);
        try
        {
            return JsonFields.Read(File.ReadAllText(Settings), RunSettingsJson.Read);
        }
        catch (JsonException damage)
        {
            throw new IOException($"{Settings}: these are not the settings of a run ({damage.Message}); give the whole command with --resume.", damage);
        }
    }

    /// <summary>Keeps the figures of all epochs so far, of which the last is new.</summary>
    public void Epoch(IReadOnlyList<EpochRecord> epochs)
    {
        WriteResults(epochs);
        Tell("epoch", epochs[^1]);
    }

    /// <summary>Writes what was trained.</summary>
    public void Save(TrainingOutcome outcome)
    {
        WriteResults(outcome.Summary.Epochs);
        outcome.Last?.Save(Last);
        outcome.Classifier.Save(Best);
    }

    /// <summary>Says that all is written, the page too.</summary>
    public void End(TrainingOutcome outcome) => Tell("end", message: string.Create(CultureInfo.InvariantCulture, $"epoch {outcome.Summary.ChosenEpoch} of {outcome.Summary.Epochs.Count} is the best"));

    /// <summary>Says why the run stopped, which has begun. Where nothing was learned that could be gone on with, nothing stays.</summary>
    public void Stop(string reason)
    {
        try
        {
            if (File.Exists(Checkpoint) || File.Exists(Results))
                Tell("stop", message: reason);
            else
                Leave();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException || AtomicFile.IsTooLong(problem))
        {
            // A full disk or a folder that may not be written any more, which most likely is the reason.
        }
    }

    /// <summary>Lets others into the folder, and takes it away where nothing is in it.</summary>
    public void Dispose()
    {
        if (alone is null)
            return;
        alone.Dispose();
        alone = null;
        try
        {
            if (!Directory.EnumerateFileSystemEntries(path).Any())
                Directory.Delete(path);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // Another run has begun in it, or it lets nobody look.
        }
    }

    // A run that was stopped at its page has its models, and is not finished.
    private bool IsFinished() => File.Exists(Best) && !(File.Exists(Log) && !File.ReadLines(Log).Any(line => line.Contains("\"event\":\"end\"", StringComparison.Ordinal)));

    private void Leave()
    {
        File.Delete(Settings);
        File.Delete(Log);
    }

    private void WriteResults(IReadOnlyList<EpochRecord> epochs)
    {
        StringBuilder text = new(CsvHeading + "\n");
        foreach (EpochRecord epoch in epochs)
            text.Append(CultureInfo.InvariantCulture, $"{epoch.Epoch},{epoch.TrainLoss},{epoch.ValidationLoss},{epoch.ValidationAccuracy},{epoch.ValidationBalancedAccuracy},{epoch.LearningRate}\n");
        WriteText(Results, text.ToString());
    }

    private void Tell(string kind, EpochRecord? epoch = null, string? message = null) =>
        File.AppendAllText(Log, JsonMembers.Line(RunEventJson.Of(DateTime.UtcNow, kind, epoch, message)) + "\n");

    private static void WriteText(string file, string text) => AtomicFile.Write(file, stream => stream.Write(Encoding.UTF8.GetBytes(text)), flush: false);
}
