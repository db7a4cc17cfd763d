using System.Text.Json.Serialization;

namespace ImageSig;

/// <summary>The first line of a list of pictures: the data set that they are from.</summary>
/// <param name="Version">1.</param>
/// <param name="Set">What messages call the set.</param>
/// <param name="Pictures">The name of the cache's file, without an extension.</param>
/// <param name="AsksQuestions">Whether the names are of attributes, not of classes.</param>
/// <param name="Names">Classes or attributes.</param>
/// <param name="Counts">[3] How many images there are to train, to validate and to test.</param>
/// <param name="Shards">Into how many shards the set was parted.</param>
internal sealed record PictureListJson(int Version, string Set, string Pictures, bool AsksQuestions, string[] Names, int[] Counts, int Shards);

/// <summary>A further line: one image.</summary>
/// <param name="Part">0 to train, 1 to validate, 2 to test.</param>
/// <param name="Index">Its place in its part.</param>
/// <param name="Name">What messages call it.</param>
/// <param name="Label">The index of its class; 0 where there are none.</param>
/// <param name="Key">Of its picture, 32 hexadecimal digits; null where it cannot be read.</param>
/// <param name="Reason">Why it cannot be read.</param>
/// <param name="Answers">A character an attribute: 1, 0 or ?.</param>
internal sealed record ListedPictureJson(int Part, int Index, string Name, int Label, string? Key = null, string? Reason = null, string? Answers = null);

/// <summary>Serializers, generated at compile time. What is no ASCII is escaped, so that a character is a byte.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(PictureListJson))]
[JsonSerializable(typeof(ListedPictureJson))]
internal sealed partial class PictureListSerializer : JsonSerializerContext;
