using System.Diagnostics;

namespace ImageSig;

/// <summary>Counts what several threads do in one stage and reports it at most ten times a second.</summary>
/// <param name="total">How many steps there will be.</param>
/// <param name="report">Given the steps done and the mean rate per second; null for nobody.</param>
internal sealed class ProgressMeter(long total, Action<long, double>? report)
{
    private static readonly long Interval = Stopwatch.Frequency / 10;
    private readonly long start = Stopwatch.GetTimestamp();
    private long done;
    private long lastReport;

    /// <summary>A meter of a stage of the pipeline.</summary>
    public static ProgressMeter Of(PipelineStage stage, long total, IProgress<PipelineProgress>? progress) =>
        new(total, progress is null ? null : (done, perSecond) => progress.Report(new PipelineProgress(stage, done, total, perSecond)));

    public void Advance(long steps = 1)
    {
        long done = Interlocked.Add(ref this.done, steps);
        if (report is null || done > total)
            return;
        long now = Stopwatch.GetTimestamp(), last = Interlocked.Read(ref lastReport);
        // The last step is told whoever else is telling one at this moment.
        if (done == total)
            Interlocked.Exchange(ref lastReport, now);
        else if (now - last < Interval || Interlocked.CompareExchange(ref lastReport, now, last) != last)
            return;
        report(done, done / Stopwatch.GetElapsedTime(start, now).TotalSeconds);
    }
}
