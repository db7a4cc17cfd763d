namespace ImageSig.Cli.Display;

/// <summary>Progress as plain lines for logs and pipes: each stage when it starts and ends, and every few seconds between.</summary>
internal sealed class ProgressLines(TextWriter output, TimeProvider clock) : ProgressDisplay
{
    /// <summary>The least time between two lines of one stage.</summary>
    public static readonly TimeSpan Pace = TimeSpan.FromSeconds(5);

    private readonly Lock gate = new();
    private readonly HashSet<string> finished = [];
    private string? current;
    private long written;

    public override void Report(StageProgress value)
    {
        lock (gate)
        {
            if (value.Stage != current)
            {
                current = value.Stage;
                written = clock.GetTimestamp();
                // A stage of an instant is told once, by its last line.
                if (value.Done < value.Total)
                    return;
            }
            bool ends = value.Done >= value.Total;
            if (ends ? !finished.Add(value.Stage) : clock.GetElapsedTime(written) < Pace)
                return;
            if (!ends)
                finished.Remove(value.Stage);
            written = clock.GetTimestamp();
            output.WriteLine($"{value.Stage} {Describe(value, ", ")}");
        }
    }
}
