namespace ImageSig.Cli.Json;

/// <summary>What Home Assistant is told of a sensor, by the names of its MQTT discovery.</summary>
internal static class HomeAssistantJson
{
    /// <summary>Characters of the longest state that it takes: it refuses a longer one, and the sensor shows nothing.</summary>
    private const int LongestState = 255;

    private const string Separator = ", ", Ellipsis = "…";

    /// <summary>The sensor of one model: its state is the label, its attributes are the rest of a change.</summary>
    public static JsonMembers Of(string topic, string device, string model, string version) => new(
        ("name", model),
        ("unique_id", $"{device}_{model}"),
        ("state_topic", $"{topic}/{model}"),
        ("value_template", "{{ value_json.state | default(value_json.label) }}"),
        ("json_attributes_topic", $"{topic}/{model}"),
        ("availability_topic", $"{topic}/status"),
        ("icon", "mdi:eye"),
        ("device", new JsonMembers(("identifiers", (string[])[device]), ("name", device), ("manufacturer", "ImageSig"), ("sw_version", version))));

    /// <summary>A change with its label as a state, which has as many of a model's attributes as it takes, whole ones, where they are too long together.</summary>
    public static WatchJson Of(WatchJson change) => change.Label is { Length: > LongestState } label ? change with { State = Shortened(label) } : change;

    private static string Shortened(string label)
    {
        string end = Separator + Ellipsis;
        int cut = label.LastIndexOf(Separator, LongestState - end.Length + Separator.Length - 1, StringComparison.Ordinal);
        if (cut > 0)
            return label[..cut] + end;
        int whole = LongestState - Ellipsis.Length;
        return label[..(char.IsHighSurrogate(label[whole - 1]) ? whole - 1 : whole)] + Ellipsis;
    }
}
