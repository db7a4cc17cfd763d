using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace ImageSig.Cli.Json;

/// <summary>The results of the commands about pictures: one object a line, names in camelCase.</summary>
[JsonSerializable(typeof(ImageJson))]
[JsonSerializable(typeof(DecodeBenchJson))]
internal sealed partial class PictureJson : JsonSerializerContext
{
    private static readonly PictureJson Readable = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    /// <summary>One line of JSON.</summary>
    public static string Line<T>(T value) =>
        JsonSerializer.Serialize(value, (JsonTypeInfo<T>)(Readable.GetTypeInfo(typeof(T)) ?? throw new NotSupportedException($"{typeof(T)} is not listed here.")));
}
