using System.Globalization;

namespace ImageSig.Benchmarks.Native;

/// <summary>How much processor time one piece of work takes: what else the machine does does not count, but for the caches that it shares.</summary>
/// <param name="Nanoseconds">The median of the iterations.</param>
/// <param name="Spread">The range of their middle half, as a share of the median.</param>
/// <param name="Allocated">Bytes for one operation.</param>
internal readonly record struct IterationTimes(double Nanoseconds, double Spread, long Allocated)
{
    private const int Warmups = 4, Iterations = 11, Milliseconds = 80;

    /// <summary>How long is measured, in words.</summary>
    public static string Job => $"processor time, median of {Iterations} iterations of {Milliseconds} ms after {Warmups} to warm up";

    /// <summary>Measures.</summary>
    public static IterationTimes Of(Action work)
    {
        long count = 1;
        for (TimeSpan time = Run(work, count); time.TotalMilliseconds < Milliseconds; time = Run(work, count))
            count = Math.Max(count + 1, (long)(count * Math.Min(10, Milliseconds / Math.Max(time.TotalMilliseconds, 1e-3))));
        for (int i = 0; i < Warmups; i++)
            Run(work, count);
        double[] times = new double[Iterations];
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < Iterations; i++)
            times[i] = Run(work, count).TotalNanoseconds / count;
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Array.Sort(times);
        double median = times[Iterations / 2];
        return new(double.Round(median, 1), double.Round((times[3 * Iterations / 4] - times[Iterations / 4]) / median, 3), allocated / (Iterations * count));
    }

    /// <summary>As <see cref="Parse"/> reads it.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Nanoseconds:R} {Spread:R} {Allocated}");

    /// <summary>What another process measured.</summary>
    public static IterationTimes Parse(string text)
    {
        string[] parts = text.Split(' ');
        return new(double.Parse(parts[0], CultureInfo.InvariantCulture), double.Parse(parts[1], CultureInfo.InvariantCulture), long.Parse(parts[2], CultureInfo.InvariantCulture));
    }

    private static TimeSpan Run(Action work, long count)
    {
        TimeSpan start = Environment.CpuUsage.TotalTime;
        for (long i = 0; i < count; i++)
            work();
        return Environment.CpuUsage.TotalTime - start;
    }
}
