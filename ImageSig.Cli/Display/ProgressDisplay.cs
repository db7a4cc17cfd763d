using System.Globalization;

namespace ImageSig.Cli.Display;

/// <summary>Shows how far long work has come. Told from any thread, in stages that follow one another.</summary>
internal abstract class ProgressDisplay
{
    /// <summary>Stage <paramref name="stage"/> has done <paramref name="done"/> of <paramref name="total"/> steps.</summary>
    /// <param name="stage">A short word: decode, features, train.</param>
    /// <param name="done">Steps finished.</param>
    /// <param name="total">Steps in all.</param>
    /// <param name="perSecond">Steps per second so far; 0 when unknown.</param>
    /// <param name="note">What else is worth saying, such as the loss; null for nothing.</param>
    public abstract void Report(string stage, long done, long total, double perSecond, string? note);

    /// <summary>Runs <paramref name="work"/> with the display that fits: none when quiet, redrawn bars on a terminal, lines in a pipe.</summary>
    public static T Watch<T>(Terminal terminal, bool quiet, Func<ProgressDisplay, T> work) => (quiet, terminal.IsInteractive) switch
    {
        (true, _) => work(new NoProgress()),
        (_, true) => ProgressBars.Watch(terminal, work),
        _ => work(new ProgressLines(terminal.Messages, TimeProvider.System)),
    };

    /// <summary>Steps, rate, time left and note of a report, in one line.</summary>
    protected static string Describe(long done, long total, double perSecond, string? note, string separator)
    {
        List<string> parts = [string.Create(CultureInfo.InvariantCulture, $"{done}/{total}")];
        if (perSecond > 0)
            parts.Add(Quantity.Rate(perSecond));
        if (perSecond > 0 && done < total)
            parts.Add($"{Quantity.Time(TimeSpan.FromSeconds((total - done) / perSecond))} left");
        if (note is not null)
            parts.Add(note);
        return string.Join(separator, parts);
    }

    private sealed class NoProgress : ProgressDisplay
    {
        public override void Report(string stage, long done, long total, double perSecond, string? note)
        {
        }
    }
}
