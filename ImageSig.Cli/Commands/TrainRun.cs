using ImageSig.Cli.Display;
using ImageSig.Cli.Report;
using ImageSig.Cli.Runs;
using ImageSig.NN;
using ImageSig.Reports;
using ImageSig.Tensors;

namespace ImageSig.Cli.Commands;

/// <summary>One training, from images to files, and what is said of it.</summary>
/// <param name="terminal">Told of what could surprise.</param>
/// <param name="sets">What to train, validate and test on.</param>
/// <param name="recipe">How.</param>
/// <param name="path">The model file.</param>
/// <param name="page">The page about it; null for none.</param>
/// <param name="checkpoint">Where to go on after an interruption.</param>
/// <param name="run">What else is kept of it, if that was asked for.</param>
internal sealed class TrainRun(Terminal terminal, ImageSplits sets, TrainingRecipe recipe, string path, string? page, CheckpointOptions checkpoint, RunFolder? run)
{
    private bool isCheckpointOurs;

    /// <summary>Trains, judges and writes.</summary>
    /// <param name="before">Bytes that the program took before the first of several trainings; null where this is the only one.</param>
    /// <param name="progress">Told of the work.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <returns>What came of it, and of the test where there is one.</returns>
    public (TrainingOutcome Outcome, Evaluation? Test) Do(long? before, ProgressDisplay progress, CancellationToken cancellation)
    {
        try
        {
            CheckpointOptions options = checkpoint with { EpochDone = run is null ? null : run.Epoch, IsOurs = () => isCheckpointOurs = true, KeepsLast = run is not null };
            TrainingOutcome outcome = ImageClassifier.Train(sets.Training, recipe, sets.Validation, progress, options, before, cancellation);
            // Saved before the report: if testing fails, the training is not lost.
            run?.Save(outcome);
            if (path != run?.Best)
                outcome.Classifier.Save(path);
            if (page is not null || sets.Test is not null)
                KeepForTestAndPage(outcome);
            Evaluation? test = Judge(outcome, progress, cancellation);
            outcome.DeleteCheckpoint();
            run?.End(outcome);
            return (outcome, test);
        }
        catch (Exception end)
        {
            run?.Stop(end is OperationCanceledException ? "interrupted" : Failures.Describe(end));
            if (KeptEpochs(end) is { } epochs)
                terminal.Complain(end is TrainingException
                    ? $"{checkpoint.Path} keeps the epochs before that; the same command with --resume --epochs {epochs} writes the best of them."
                    : $"{checkpoint.Path} keeps what was learned; the same command with --resume goes on from there.");
            else if (run is { HasLearnedNothing: true })
                terminal.Complain($"{run.Folder} keeps the settings of this run, and nothing that was learned; train --run {run.Folder} --resume begins it anew, or delete the folder.");
            throw;
        }
    }

    /// <summary>Who is stopped before test and page are done goes on from the checkpoint, and trains nothing again. The model is saved: where there is no room for a checkpoint, it goes without.</summary>
    private static void KeepForTestAndPage(TrainingOutcome outcome)
    {
        try
        {
            outcome.Checkpoint?.Flush();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // Test and page may work out all the same.
        }
    }

    /// <summary>Says what makes the figures say less than they seem to, and what is wrong with the pictures: a few lines, the worst first.</summary>
    public void Warn(TrainingOutcome outcome, Evaluation? test)
    {
        foreach (string line in DataWarnings.Of(outcome, test ?? outcome.Validation).Take(DataWarnings.Most))
            terminal.Complain(line);
    }

    /// <summary>Tests where there are images to test on, and writes the page that was asked for.</summary>
    private Evaluation? Judge(TrainingOutcome outcome, ProgressDisplay progress, CancellationToken cancellation)
    {
        if (page is null)
            return sets.Test is null ? null : outcome.Classifier.Evaluate(sets.Test, recipe.Training.Threads, progress, cancellation);
        ModelReport report = sets.Test is null
            ? ModelReport.Of(outcome, sets.Validation ?? sets.Training, recipe.Training.Threads, cancellation)
            : ModelReport.Of(outcome.Classifier, sets.Test, recipe.Training.Threads, progress, cancellation) with { Training = outcome };
        ReportPage.Write(page, report, path);
        return sets.Test is null ? null : report.Evaluation;
    }

    /// <summary>How many epochs are in the checkpoint of a training that ended so; null where going on is not possible, or no answer to what happened: a checkpoint of another training. Who is interrupted before the one to go on from is read has it still.</summary>
    private int? KeptEpochs(Exception end) =>
        (isCheckpointOurs || (checkpoint.Resume && end is OperationCanceledException)) && File.Exists(checkpoint.Path) ? CheckpointFile.EpochIn(checkpoint.Path) : null;
}
