using ImageSig.Measurement;

namespace ImageSig.Cli.Json;

/// <summary>One workload of <c>bench nn --json</c>.</summary>
internal static class NNBenchJson
{
    public static JsonMembers Of(NetworkTiming timing) => new(
        ("workload", timing.Workload), ("threads", timing.Threads), ("minMs", timing.MinMilliseconds), ("medianMs", timing.MedianMilliseconds));
}
