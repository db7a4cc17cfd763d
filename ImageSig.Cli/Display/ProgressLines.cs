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

    public override void Report(string stage, long done, long total, double perSecond, string? note)
    {
        lock (gate)
        {
            if (stage != current)
            {
                current = stage;
                written = clock.GetTimestamp();
                // A stage of an instant is told once, by its last line.
                if (done < total)
                    return;
            }
            bool ends = done >= total;
            if (ends ? !finished.Add(stage) : clock.GetElapsedTime(written) < Pace)
                return;
            if (!ends)
                finished.Remove(stage);
            written = clock.GetTimestamp();
            output.WriteLine($"{stage} {Describe(done, total, perSecond, note, ", ")}");
        }
    }
}
