using ImageSig.Cli.Arguments;
using ImageSig.Cli.Display;

namespace ImageSig.Cli.Commands;

/// <summary><c>imagesig train --folds</c>: the figures of a recipe, of models that are not kept.</summary>
/// <param name="terminal">Told of what is left out, and of where it goes on.</param>
/// <param name="recipe">Of each training.</param>
/// <param name="folds">How many.</param>
/// <param name="predictions">Where to write what is said of each image; nowhere if null.</param>
/// <param name="kept">The path that checkpoints are named after; null for none.</param>
/// <param name="checkpoint">How they are kept; its path does not count.</param>
internal sealed class FoldsRun(Terminal terminal, TrainingRecipe recipe, int folds, string? predictions, string? kept, CheckpointOptions checkpoint)
{
    /// <summary>Refuses, before an image is read, what cannot be parted or written.</summary>
    /// <param name="sets">What the folds are parted of, and what else chooses the epoch.</param>
    /// <param name="arguments">What the recipe was read from.</param>
    public void Check(ImageSplits sets, RecipeArguments arguments)
    {
        if (sets.Training.Targets is not ClassTargets targets)
            throw new UsageException($"--folds is about classes, and {sets.Training.Name} has attributes; leave it out.");
        _ = CrossValidation.Draw(sets.Training, targets, folds, recipe.Training.Seed);
        if (recipe.TimeLimit is not null)
            throw new UsageException("--time makes trainings of any length, and folds compare equal ones; give --epochs.");
        if (predictions is not null)
            OutputPath.CheckFile(predictions, OutputKind.Predictions);
        if (checkpoint.Resume && kept is null)
            throw new UsageException("--resume needs to know where the checkpoints are: beside --output or --predictions; give the one that was given before.");
        if (checkpoint.Resume)
            Resumption.Check(terminal, CheckpointOf(0).Path, arguments, recipe);
    }

    /// <summary>Trains for each fold, and writes what is said of its images. The checkpoints are still there.</summary>
    /// <param name="sets">As above.</param>
    /// <param name="before">Bytes that the program takes before it.</param>
    /// <param name="progress">Told of each fold.</param>
    /// <param name="cancellation">Ends the work early.</param>
    public CrossValidation Do(ImageSplits sets, long before, ProgressDisplay progress, CancellationToken cancellation)
    {
        SeriesProgress series = new(progress, "folds", folds);
        FoldOptions options = new() { Validation = sets.Validation, Before = before, Checkpoint = kept is null ? null : CheckpointOf, Begin = fold => series.Begin(fold, name: null) };
        try
        {
            CrossValidation judged = CrossValidation.Run(sets.Training, recipe, folds, options, series, cancellation);
            series.End();
            if (predictions is not null)
                FoldPredictions.Write(predictions, sets.Training, judged);
            return judged;
        }
        catch (OperationCanceledException) when (kept is not null && File.Exists(CheckpointOf(0).Path))
        {
            int there = Sequences.Range(0, folds).Count(fold => File.Exists(CheckpointOf(fold).Path));
            terminal.Complain($"{CheckpointOf(0).Path}{(there > 1 ? $" to {there} keep" : " keeps")} what was learned; the same command with --resume goes on from there.");
            throw;
        }
    }

    private CheckpointOptions CheckpointOf(int fold) => checkpoint with { Path = $"{kept}.fold-{fold + 1}.checkpoint" };
}
