using ImageSig.Cli.Display;
using ImageSig.Cli.Report;
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
internal sealed class TrainRun(Terminal terminal, ImageSplits sets, TrainingRecipe recipe, string path, string? page, CheckpointOptions checkpoint)
{
    /// <summary>Trains, judges and writes.</summary>
    /// <returns>What came of it, and of the test where there is one.</returns>
    public (TrainingOutcome Outcome, Evaluation? Test) Do(ProgressDisplay progress, CancellationToken cancellation)
    {
        try
        {
            TrainingOutcome outcome = ImageClassifier.Train(sets.Training, recipe, sets.Validation, progress, checkpoint, cancellation);
            // Saved before the report: if testing fails, the training is not lost.
            outcome.Classifier.Save(path);
            outcome.DeleteCheckpoint();
            if (page is null)
                return (outcome, sets.Test is null ? null : outcome.Classifier.Evaluate(sets.Test, recipe.Training.Threads, progress, cancellation));
            ModelReport report = sets.Test is null
                ? ModelReport.Of(outcome, sets.Validation ?? sets.Training, recipe.Training.Threads, cancellation)
                : ModelReport.Of(outcome.Classifier, sets.Test, recipe.Training.Threads, progress, cancellation) with { Training = outcome };
            ReportPage.Write(page, report, path);
            return (outcome, sets.Test is null ? null : report.Evaluation);
        }
        catch (OperationCanceledException) when (File.Exists(checkpoint.Path))
        {
            terminal.Complain($"{checkpoint.Path} keeps what was learned; the same command with --resume goes on from there.");
            throw;
        }
    }

    /// <summary>Pictures that make the figures say less than they seem to.</summary>
    public void Warn(TrainingOutcome outcome, Evaluation? test)
    {
        if (outcome.UnderTwoLabels is { } labels)
            terminal.Complain($"{Pictures(labels.Count)} under two labels: {labels.First} and {labels.Twin}{(labels.Count > 1 ? " are the first" : "")}.");
        if ((test ?? outcome.Validation) is { } judged && outcome.SeenInTraining(judged) is { } seen)
            terminal.Complain($"{Pictures(seen.Count)} reported on, and trained on too: {seen.First} is {seen.Twin}{(seen.Count > 1 ? ", the first" : "")}; the figures say little of other pictures.");
    }

    private static string Pictures(int count) => count == 1 ? "1 picture is" : $"{Quantity.Count(count)} pictures are";
}
