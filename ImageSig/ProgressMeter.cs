using System.Diagnostics;

namespace ImageSig;

/// <summary>Counts what several threads do in one stage and reports it at most ten times a second.</summary>
internal sealed class ProgressMeter(string stage, long total, IProgress<PipelineProgress>? progress)
{
    private static readonly long Interval = Stopwatch.Frequency / 10;
    private readonly long start = Stopwatch.GetTimestamp();
    private long done;
    private long lastReport;

    public void Advance(long steps = 1)
    {
        long done = Interlocked.Add(ref this.done, steps);
        if (progress is null)
            return;
        long now = Stopwatch.GetTimestamp(), last = Interlocked.Read(ref lastReport);
        bool due = done == total || now - last >= Interval;
        if (due && Interlocked.CompareExchange(ref lastReport, now, last) == last)
            progress.Report(new PipelineProgress(stage, done, total, done / Stopwatch.GetElapsedTime(start, now).TotalSeconds));
    }
}
