using System.Text;

namespace ImageSig.Cli.Display;

/// <summary>Progress as redrawn bars on a terminal: one line a stage, with steps, rate and time left. What a line has beyond the terminal's width is not shown.</summary>
internal sealed class ProgressBars(TextWriter output, TimeProvider clock) : ProgressDisplay
{
    /// <summary>The least time between two drawings of a stage that has not come to its end.</summary>
    public static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);

    private const int BarWidth = 10;

    // Terminals' control sequences: lines are cut at the right edge or go on below it, the rest of a line is cleared.
    private const string CutLines = "\e[?7l", WrapLines = "\e[?7h", ClearRest = "\e[K";

    private readonly Lock gate = new();
    private readonly List<string> names = [], lines = [];
    private long last;

    public override void Report(StageProgress value)
    {
        lock (gate)
        {
            string name = Printable.Cell(value.Stage);
            int place = names.IndexOf(name), before = names.Count;
            if (place >= 0 && value.Done < value.Total && clock.GetElapsedTime(last) < Pace)
                return;
            last = clock.GetTimestamp();
            if (place < 0)
            {
                place = before;
                names.Add(name);
                lines.Add("");
            }
            int done = value.Total <= 0 ? BarWidth : (int)Math.Clamp(BarWidth * value.Done / value.Total, 0, BarWidth);
            lines[place] = $"{new string('━', done)}{new string('─', BarWidth - done)} {Printable.Cell(Describe(value, "  "))}";
            Draw(before);
        }
    }

    /// <summary>All stages, over those that were drawn before.</summary>
    private void Draw(int before)
    {
        StringBuilder text = new(CutLines);
        if (before > 0)
            text.Append($"\e[{before}A");
        int width = names.Max(name => name.Length);
        for (int stage = 0; stage < names.Count; stage++)
            text.Append(names[stage].PadRight(width)).Append(' ').Append(lines[stage]).Append(ClearRest).Append('\n');
        output.Write(text.Append(WrapLines).ToString());
        output.Flush();
    }
}
