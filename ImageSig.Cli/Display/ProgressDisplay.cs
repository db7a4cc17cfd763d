using System.Globalization;

namespace ImageSig.Cli.Display;

/// <summary>Shows how far long work has come. Told from any thread, in stages that follow one another.</summary>
internal abstract class ProgressDisplay : IProgress<PipelineProgress>
{
    /// <summary>Shows a stage of the program's own.</summary>
    public abstract void Report(StageProgress value);

    /// <summary>Shows a stage of the library.</summary>
    public void Report(PipelineProgress value) => Report(StageOf(value));

    /// <summary>A stage of the library in the words of the display.</summary>
    public static StageProgress StageOf(PipelineProgress value) => value is { Stage: PipelineStage.Plan, Epoch.Count: int epochs }
        ? new("plan", epochs, epochs, 0, $"{Quantity.Count(epochs)} {(epochs == 1 ? "epoch" : "epochs")} of {Quantity.Count(value.Total / epochs)} images, {Quantity.Count(value.Total - value.Done)} to go: about {Quantity.Time(value.Remaining)}")
        : new(value.Stage.ToString().ToLowerInvariant(), value.Done, value.Total, value.PerSecond, value.Epoch is { } epoch ? Describe(epoch) : null);

    /// <summary>Runs <paramref name="work"/> with the display that fits: none when quiet, redrawn bars on a terminal, lines in a pipe.</summary>
    public static T Watch<T>(Terminal terminal, bool quiet, Func<ProgressDisplay, T> work) => (quiet, terminal.IsInteractive) switch
    {
        (true, _) => work(new NoProgress()),
        (_, true) => work(new ProgressBars(terminal.Messages, TimeProvider.System)),
        _ => work(new ProgressLines(terminal.Messages, TimeProvider.System)),
    };

    /// <summary>Steps, rate, time left and note of a report, in one line.</summary>
    protected static string Describe(StageProgress value, string separator)
    {
        List<string> parts = [string.Create(CultureInfo.InvariantCulture, $"{value.Done}/{value.Total}")];
        if (value.PerSecond > 0)
            parts.Add(Quantity.Rate(value.PerSecond));
        if (value.PerSecond > 0 && value.Done < value.Total)
            parts.Add($"{Quantity.Time(value.Remaining)} left");
        if (value.Note is not null)
            parts.Add(value.Note);
        return string.Join(separator, parts);
    }

    private static string Describe(EpochProgress epoch)
    {
        string note = string.Create(CultureInfo.InvariantCulture, $"epoch {epoch.Number}/{epoch.Count}");
        if (epoch.LastLoss is { } loss)
            note += string.Create(CultureInfo.InvariantCulture, $", loss {loss:F3}");
        if (epoch.LastValidationAccuracy is { } accuracy)
            note += $", validation {Quantity.Percent(accuracy)}";
        return note;
    }

    private sealed class NoProgress : ProgressDisplay
    {
        public override void Report(StageProgress value)
        {
        }
    }
}
