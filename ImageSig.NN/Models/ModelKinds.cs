using System.Text.Json;
using ImageSig.Tensors;

namespace ImageSig.NN;

/// <summary>A kind of network that can be asked for by name, on the command line and in model files.</summary>
/// <param name="Default">The network of this kind with the settings that it begins from.</param>
public sealed record ModelKind(ModelSpec Default)
{
    /// <summary>The name on the command line and in model files.</summary>
    public string Name => Default.Name;
}

/// <summary>All kinds of networks, by name: the one list of them.</summary>
public static class ModelKinds
{
    /// <summary>The names of the kinds that are built in: dense layers, convolutions over streams and transformer blocks behind signatures of rows and columns;
    /// signatures of small windows, convolutions, and a vision transformer on pixels; features of a network that was trained elsewhere.</summary>
    public const string Fc = "fc", Conv = "conv", Attention = "attention", Grid = "grid", Cnn = "cnn", Vit = "vit", Transfer = "transfer";

    private static readonly Lock Changing = new();

    // Replaced as a whole, so that readers need no lock.
    private static volatile ModelKind[] kinds =
    [
        new(new FcSpec()), new(new ConvSpec()), new(new AttentionSpec()), new(new GridSpec()), new(new CnnSpec()), new(new VitSpec()), new(new TransferSpec()),
    ];

    /// <summary>The names, in the order in which they are shown.</summary>
    public static IReadOnlyList<string> Names => [.. kinds.Select(kind => kind.Name)];

    /// <summary>The network of this name with the settings that it begins from.</summary>
    /// <exception cref="SettingException">Not known; the message lists those that are.</exception>
    public static ModelSpec Named(string name) =>
        Find(name) ?? throw new SettingException($"There is no model '{name}'; choose {string.Join(", ", Names)}.");

    /// <summary>Adds a kind: from then on it is trained, saved and loaded by its name as those that are built in.</summary>
    /// <exception cref="ArgumentException">There is one of that name already.</exception>
    /// <exception cref="ArgumentNullException">No kind, or one without a network.</exception>
    public static void Register(ModelKind kind)
    {
        ArgumentNullException.ThrowIfNull(kind);
        ArgumentNullException.ThrowIfNull(kind.Default, nameof(kind));
        lock (Changing)
        {
            if (Find(kind.Name) is not null)
                throw new ArgumentException($"There is a model '{kind.Name}' already; give the new kind another name.", nameof(kind));
            kinds = [.. kinds, kind];
        }
    }

    /// <summary>The architecture of a model file, as <see cref="ModelSpec.ToJson"/> wrote it. Nothing is built or allocated from it yet.</summary>
    /// <exception cref="InvalidDataException">No JSON, a kind that is not known, a field missing, not known or out of its bounds.</exception>
    public static ModelSpec FromJson(string json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            return Read(document.RootElement);
        }
        catch (JsonException damage)
        {
            throw new InvalidDataException("the architecture is not JSON; the file is damaged.", damage);
        }
    }

    /// <summary>What a setting is, in the words of the first kind that has it; null if none has.</summary>
    internal static string? Describe(string setting) =>
        kinds.SelectMany(kind => kind.Default.Settings).FirstOrDefault(known => known.Name == setting)?.Description;

    private static ModelSpec? Find(string name) => Array.Find(kinds, kind => kind.Name == name)?.Default;

    private static ModelSpec Read(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty("name", out JsonElement name) || name.ValueKind != JsonValueKind.String)
            throw new InvalidDataException("the architecture has no name; the file is damaged.");
        ModelSpec spec = Find(name.GetString()!)
            ?? throw new InvalidDataException($"the architecture '{name.GetString()}' is not known; {string.Join(", ", Names)} are.");
        return spec.Read(json);
    }
}
