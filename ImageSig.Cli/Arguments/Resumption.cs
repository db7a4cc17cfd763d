using ImageSig.Cli.Display;

namespace ImageSig.Cli.Arguments;

/// <summary>Looks at a checkpoint before the first image is read.</summary>
internal static class Resumption
{
    /// <summary>Says that there is nothing to go on from, or refuses what was trained with other settings, naming them.</summary>
    /// <exception cref="ModelFileException">The checkpoint is damaged, or of other settings.</exception>
    public static void Check(Terminal terminal, string checkpoint, RecipeArguments arguments, TrainingRecipe recipe)
    {
        if (CheckpointFile.SettingsIn(checkpoint) is not var (was, taught))
        {
            terminal.Complain($"{checkpoint} is not there: no training to go on with; this one begins anew.");
            return;
        }
        // Neither threads, memory nor a time limit decides the bits; and more epochs are what someone goes on for.
        TrainingRecipe comparable = (was with { TimeLimit = recipe.TimeLimit }).WithTraining(options => options with
        {
            Epochs = recipe.Training.Epochs, Threads = recipe.Training.Threads, MemoryLimit = recipe.Training.MemoryLimit,
        }) with { Memory = recipe.Memory };
        IReadOnlyList<string> differences = arguments.Differences(comparable, taught, recipe);
        if (differences.Count > 0)
            throw new ModelFileException(
                $"{checkpoint}: this checkpoint is of a training with other settings ({string.Join("; ", differences)}); give the same to go on, or delete it to begin anew.");
    }
}
