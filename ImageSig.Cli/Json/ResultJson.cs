using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace ImageSig.Cli.Json;

/// <summary>The results of <c>--json</c>: one object a line, or one array; names in camelCase. Source-generated, so that no reflection is needed; and only
/// for writing, since what reading needs of each type made the program half a megabyte larger.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Serialization, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(EvaluationJson))]
[JsonSerializable(typeof(AttributesJson))]
[JsonSerializable(typeof(PredictionJson))]
[JsonSerializable(typeof(ModelJson))]
[JsonSerializable(typeof(ImageJson))]
[JsonSerializable(typeof(ComparisonJson))]
[JsonSerializable(typeof(DecodeBenchJson))]
[JsonSerializable(typeof(NNBenchJson[]))]
[JsonSerializable(typeof(PredictionBenchJson))]
[JsonSerializable(typeof(List<SignatureBenchJson>))]
[JsonSerializable(typeof(CheckJson))]
[JsonSerializable(typeof(QuantizationJson))]
[JsonSerializable(typeof(MachineJson))]
[JsonSerializable(typeof(SelfTestJson))]
[JsonSerializable(typeof(SweepJson))]
[JsonSerializable(typeof(TrainJson))]
[JsonSerializable(typeof(RunEventJson))]
[JsonSerializable(typeof(WatchJson))]
[JsonSerializable(typeof(HomeAssistantJson))]
internal sealed partial class ResultJson : JsonSerializerContext
{
    // Paths and class names in any script stay readable; quotes and control characters are escaped as JSON demands.
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>One line of JSON.</summary>
    public static string Line<T>(T value)
    {
        JsonTypeInfo<T> type = (JsonTypeInfo<T>)(Default.GetTypeInfo(typeof(T)) ?? throw new NotSupportedException($"{typeof(T)} is not listed here."));
        using MemoryStream line = new();
        using (Utf8JsonWriter writer = new(line, Readable))
            type.SerializeHandler!(writer, value);
        return Encoding.UTF8.GetString(line.GetBuffer(), 0, (int)line.Length);
    }
}
