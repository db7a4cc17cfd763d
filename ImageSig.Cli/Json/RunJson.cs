using ImageSig.NN;

namespace ImageSig.Cli.Json;

/// <summary>What a run folder keeps of the command that made it: <c>settings.json</c>.</summary>
/// <param name="Version">Of the program.</param>
/// <param name="Arguments">The command line behind <c>imagesig train</c>, from which the run is resumed.</param>
/// <param name="Folder">The folder in which it was given, which relative paths begin in.</param>
/// <param name="Settings">All settings of the training, those of the recipe included, as options.</param>
internal sealed record RunSettingsJson(string Version, IReadOnlyList<string> Arguments, string Folder, IReadOnlyDictionary<string, string> Settings)
{
    public static RunSettingsJson Read(JsonFields json) => new(json.Text("version"), json.Texts("arguments"), json.Text("folder"), json.Pairs("settings"));

    /// <summary>Over several lines, for people read them too.</summary>
    public string ToText() => JsonMembers.Stored(
        new JsonMembers(
            ("version", Version), ("arguments", Arguments), ("folder", Folder), ("settings", JsonMembers.Named(Settings.Select(setting => (setting.Key, (object?)setting.Value))))),
        isIndented: true);
}

/// <summary>A line of <c>log.jsonl</c>.</summary>
internal static class RunEventJson
{
    /// <param name="time">When, in UTC.</param>
    /// <param name="kind"><c>begin</c>, <c>resume</c>, <c>epoch</c>, <c>end</c> or <c>stop</c>.</param>
    /// <param name="epoch">Of an epoch, its figures.</param>
    /// <param name="message">Of a stop, why; of an end, what came out.</param>
    public static JsonMembers Of(DateTime time, string kind, EpochRecord? epoch = null, string? message = null) =>
        new(("time", time), ("event", kind), ("?epoch", epoch is null ? null : EpochJson.Members(epoch)), ("?message", message));
}
