using System.Text.Json;
using System.Text.Json.Serialization;
using ImageSig.Measurement;

namespace ImageSig.Cli.Json;

/// <summary>One workload of <c>bench nn --json</c>.</summary>
internal sealed record NNBenchJson(string Workload, int Threads, double MinMs, double MedianMs)
{
    /// <summary>All workloads as one array on one line.</summary>
    public static string Line(IEnumerable<NetworkTiming> timings)
    {
        NNBenchJson[] rows = [.. timings.Select(timing =>
            new NNBenchJson(timing.Workload, timing.Threads, timing.MinMilliseconds, timing.MedianMilliseconds))];
        return JsonSerializer.Serialize(rows, NNBenchContext.Default.NNBenchJsonArray);
    }
}

/// <summary>Source-generated, so that no reflection is needed.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(NNBenchJson[]))]
internal sealed partial class NNBenchContext : JsonSerializerContext;
