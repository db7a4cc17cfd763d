namespace ImageSig.Cli.Json;

/// <summary>What Home Assistant is told of a sensor, by the names of its MQTT discovery.</summary>
internal static class HomeAssistantJson
{
    /// <summary>The sensor of one model: its state is the label, its attributes are the rest of a change.</summary>
    public static JsonMembers Of(string topic, string device, string model, string version) => new(
        ("name", model),
        ("unique_id", $"{device}_{model}"),
        ("state_topic", $"{topic}/{model}"),
        ("value_template", "{{ value_json.label }}"),
        ("json_attributes_topic", $"{topic}/{model}"),
        ("availability_topic", $"{topic}/status"),
        ("icon", "mdi:eye"),
        ("device", new JsonMembers(("identifiers", (string[])[device]), ("name", device), ("manufacturer", "ImageSig"), ("sw_version", version))));
}
