using System.Text.Json.Serialization;
using ImageSig.NN;

namespace ImageSig.Cli.Json;

/// <summary>What a run folder keeps of the command that made it: <c>settings.json</c>.</summary>
/// <param name="Version">Of the program.</param>
/// <param name="Arguments">The command line behind <c>imagesig train</c>, from which the run is resumed.</param>
/// <param name="Folder">The folder in which it was given, which relative paths begin in.</param>
/// <param name="Settings">All settings of the training, those of the recipe included, as options.</param>
internal sealed record RunSettingsJson(string Version, IReadOnlyList<string> Arguments, string Folder, IReadOnlyDictionary<string, string> Settings);

/// <summary>Reads and writes settings, over several lines, for people read them too; generated at compile time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, NewLine = "\n", RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(RunSettingsJson))]
internal sealed partial class RunSettingsContext : JsonSerializerContext;

/// <summary>A line of <c>log.jsonl</c>.</summary>
/// <param name="Time">When, in UTC.</param>
/// <param name="Event"><c>begin</c>, <c>resume</c>, <c>epoch</c>, <c>end</c> or <c>stop</c>.</param>
/// <param name="Epoch">Of an epoch, its figures.</param>
/// <param name="Message">Of a stop, why; of an end, what came out.</param>
internal sealed record RunEventJson(
    DateTime Time, string Event, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] EpochRecord? Epoch = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Message = null);
