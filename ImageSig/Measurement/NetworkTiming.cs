namespace ImageSig.Measurement;

/// <summary>How long one workload took.</summary>
internal sealed class NetworkTiming
{
    public NetworkTiming(string workload, int threads, double[] milliseconds, long multiplyAdds)
    {
        (Workload, Threads, MultiplyAdds) = (workload, threads, multiplyAdds);
        double[] sorted = [.. milliseconds.Order()];
        MinMilliseconds = sorted[0];
        MedianMilliseconds = sorted[sorted.Length / 2];
    }

    /// <summary>Its name.</summary>
    public string Workload { get; }

    /// <summary>Threads it ran on.</summary>
    public int Threads { get; }

    /// <summary>The shortest run, in milliseconds.</summary>
    public double MinMilliseconds { get; }

    /// <summary>The middle run, in milliseconds.</summary>
    public double MedianMilliseconds { get; }

    /// <summary>Multiply-adds of its matrix products.</summary>
    public long MultiplyAdds { get; }

    /// <summary>The share of <paramref name="peak"/> (multiply-adds a second of one core) that the shortest run reached on all its threads.</summary>
    public double ShareOf(double peak) => MultiplyAdds / (MinMilliseconds * 1e-3 * peak * Threads);
}
