using System.Globalization;

namespace ImageSig.Cli.Display;

/// <summary>Shows how far long work has come. Told from any thread, in stages that follow one another.</summary>
internal abstract class ProgressDisplay : IProgress<PipelineProgress>
{
    /// <inheritdoc/>
    public abstract void Report(PipelineProgress value);

    /// <summary>Runs <paramref name="work"/> with the display that fits: none when quiet, redrawn bars on a terminal, lines in a pipe.</summary>
    public static T Watch<T>(Terminal terminal, bool quiet, Func<ProgressDisplay, T> work) => (quiet, terminal.IsInteractive) switch
    {
        (true, _) => work(new NoProgress()),
        (_, true) => ProgressBars.Watch(terminal, work),
        _ => work(new ProgressLines(terminal.Messages, TimeProvider.System)),
    };

    /// <summary>Steps, rate, time left and note of a report, in one line.</summary>
    protected static string Describe(PipelineProgress value, string separator)
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

    private sealed class NoProgress : ProgressDisplay
    {
        public override void Report(PipelineProgress value)
        {
        }
    }
}
