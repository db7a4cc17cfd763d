using ImageSig.Measurement;

namespace ImageSig.Cli.Json;

/// <summary>One workload of <c>bench nn --json</c>.</summary>
internal sealed record NNBenchJson(string Workload, int Threads, double MinMs, double MedianMs)
{
    public static NNBenchJson Of(NetworkTiming timing) => new(timing.Workload, timing.Threads, timing.MinMilliseconds, timing.MedianMilliseconds);
}
