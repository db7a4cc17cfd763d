using System.Text.Json;
using System.Text.Json.Serialization;

namespace ImageSig.Cli.Json;

/// <summary>One measurement of <c>imagesig bench signature</c>.</summary>
internal sealed record SignatureBenchJson(string Workload, string Dtype, string Pass, int Threads, double MinMs, double MedianMs);

/// <summary>The JSON of <c>imagesig bench signature</c>: one array.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(List<SignatureBenchJson>))]
internal sealed partial class BenchJson : JsonSerializerContext
{
    public static string Line(List<SignatureBenchJson> results) => JsonSerializer.Serialize(results, Default.ListSignatureBenchJson);
}
