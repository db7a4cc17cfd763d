using System.Text.Json.Serialization;
using ImageSig.NN;

namespace ImageSig;

/// <summary>The JSON of <c>preprocessing</c>.</summary>
internal sealed record PreprocessingJson(
    string Input, int Width, int Height, string Fit, bool ScaledDecoding, int Depth, bool TwoDirection, bool Basepoint, bool Time, string LogSignature, bool Standardize,
    float? Roots = null);

/// <summary>The JSON of <c>answers</c>.</summary>
internal sealed record AnswersJson(float Temperature, double? Limit = null, double? LastLimit = null);

/// <summary>Serializers of the metadata, generated at compile time; unknown and missing fields are errors.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(PreprocessingJson))]
[JsonSerializable(typeof(TrainingJson))]
[JsonSerializable(typeof(AnswersJson))]
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(EpochRecord[]))]
internal sealed partial class ModelFileJson : JsonSerializerContext;
