using System.Text.Json;
using System.Text.Json.Serialization;
using ImageSig.Comparison;

namespace ImageSig.Cli.Json;

/// <summary>What <c>compare --resume</c> goes on from: the file comparison.json.</summary>
/// <param name="Comparison">Stamp of images and settings.</param>
/// <param name="Done">What was compared.</param>
internal sealed record ComparisonState(string Comparison, IReadOnlyList<ComparedJson> Done)
{
    /// <summary>How the file begins.</summary>
    public const string Beginning = "{\"comparison\":";

    /// <summary>The bytes of the file.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, ComparisonStateJson.Default.ComparisonState);

    /// <summary>Reads what was compared.</summary>
    /// <param name="path">The file.</param>
    /// <param name="stamp">Of the comparison that goes on.</param>
    /// <exception cref="DatasetException">It is damaged, or of other images or settings.</exception>
    public static IReadOnlyList<ComparedJson> Read(string path, string stamp)
    {
        ComparisonState? state = null;
        try
        {
            state = JsonSerializer.Deserialize(File.ReadAllBytes(path), ComparisonStateJson.Default.ComparisonState);
        }
        catch (JsonException)
        {
        }
        if (state is null)
            throw new DatasetException($"{path}: this is not what a comparison of this version keeps; leave --resume out to begin anew.");
        return state.Comparison == stamp
            ? state.Done
            : throw new DatasetException($"{path}: this is of a comparison of other images, or with another --seed or other --epochs; give the same to go on, or leave --resume out to begin anew.");
    }
}

/// <summary>One that was compared.</summary>
/// <param name="Identity">Of the contestant.</param>
/// <param name="Entry">Its figures.</param>
internal sealed record ComparedJson(string Identity, ComparisonEntry Entry);

/// <summary>Serializer of the file, generated at compile time.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    IgnoreReadOnlyProperties = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ComparisonState))]
internal sealed partial class ComparisonStateJson : JsonSerializerContext;
