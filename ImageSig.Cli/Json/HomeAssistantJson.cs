using System.Text.Json.Serialization;

namespace ImageSig.Cli.Json;

/// <summary>What Home Assistant is told of a sensor, by the names of its MQTT discovery.</summary>
internal sealed record HomeAssistantJson(
    string Name,
    [property: JsonPropertyName("unique_id")] string UniqueId,
    [property: JsonPropertyName("state_topic")] string StateTopic,
    [property: JsonPropertyName("value_template")] string ValueTemplate,
    [property: JsonPropertyName("json_attributes_topic")] string AttributesTopic,
    [property: JsonPropertyName("availability_topic")] string AvailabilityTopic,
    string Icon,
    HomeAssistantDeviceJson Device)
{
    /// <summary>The sensor of one model: its state is the label, its attributes are the rest of a change.</summary>
    public static HomeAssistantJson Of(string topic, string device, string model, string version) => new(
        model, $"{device}_{model}", $"{topic}/{model}", "{{ value_json.label }}", $"{topic}/{model}", $"{topic}/status", "mdi:eye", new HomeAssistantDeviceJson([device], device, "ImageSig", version));
}

/// <summary>The device that sensors belong to.</summary>
internal sealed record HomeAssistantDeviceJson(string[] Identifiers, string Name, string Manufacturer, [property: JsonPropertyName("sw_version")] string Version);
