using System.Text.Json;

namespace ImageSig;

/// <summary>A JSON object that is read: all its members are known, each is taken once, and what is left in the end belongs to another program.</summary>
internal sealed class JsonFields
{
    private readonly Dictionary<string, JsonElement> left = [];

    private JsonFields(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
            throw new JsonException("an object was expected");
        foreach (JsonProperty member in json.EnumerateObject())
            left[member.Name] = member.Value;
    }

    /// <summary>Reads a text that is an object.</summary>
    /// <exception cref="JsonException">It is none, lacks a member, has one of another kind, or one that <paramref name="read"/> does not take.</exception>
    public static T Read<T>(string text, Func<JsonFields, T> read) => Parse(text, json => Read(json, read));

    /// <summary>Reads a text that is a list of objects.</summary>
    /// <exception cref="JsonException">As for one object.</exception>
    public static T[] ReadList<T>(string text, Func<JsonFields, T> read) => Parse(text, json => Items(json).Select(item => Read(item, read)).ToArray());

    /// <summary>Reads a text that is a list of texts.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static string[] ReadTexts(string text) => Parse(text, json => Items(json).Select(item => Of(item, JsonValueKind.String).GetString()!).ToArray());

    public string Text(string name) => Of(Needed(name), JsonValueKind.String).GetString()!;

    public string? TextIfAny(string name) => IfAny(name) is { } value ? Of(value, JsonValueKind.String).GetString() : null;

    public string[] Texts(string name) => TextsIfAny(name) ?? throw Missing(name);

    public string[]? TextsIfAny(string name) => IfAny(name) is { } list ? [.. Items(list).Select(item => Of(item, JsonValueKind.String).GetString()!)] : null;

    /// <summary>One of the names of an enumeration.</summary>
    public T? ChoiceIfAny<T>(string name)
        where T : struct, Enum =>
        TextIfAny(name) is not { } text ? null : Enum.TryParse(text, out T value) && Enum.IsDefined(value) ? value : throw new JsonException($"'{name}' is '{text}', which is not known");

    public bool Switch(string name) => Needed(name).ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw new JsonException($"'{name}' is neither true nor false"),
    };

    public int Whole(string name) => WholeOf(Needed(name));

    public int? WholeIfAny(string name) => IfAny(name) is { } value ? WholeOf(value) : null;

    public int[] Wholes(string name) => [.. Items(Needed(name)).Select(WholeOf)];

    public long Long(string name) => LongIfAny(name) ?? throw Missing(name);

    public long? LongIfAny(string name) => IfAny(name) is not { } value ? null : Of(value, JsonValueKind.Number).TryGetInt64(out long whole) ? whole : throw new JsonException($"'{name}' is no whole number");

    public ulong Seed(string name) => SeedIfAny(name) ?? throw Missing(name);

    public ulong? SeedIfAny(string name) => IfAny(name) is not { } value ? null : Of(value, JsonValueKind.Number).TryGetUInt64(out ulong seed) ? seed : throw new JsonException($"'{name}' is no whole number");

    public float Single(string name) => SingleOf(Needed(name));

    public float? SingleIfAny(string name) => IfAny(name) is { } value ? SingleOf(value) : null;

    public IReadOnlyList<float>? SinglesIfAny(string name) => IfAny(name) is { } list ? [.. Items(list).Select(SingleOf)] : null;

    public double Number(string name) => NumberOf(Needed(name));

    public double? NumberIfAny(string name) => IfAny(name) is { } value ? NumberOf(value) : null;

    public T Object<T>(string name, Func<JsonFields, T> read) => Read(Needed(name), read);

    public T? ObjectIfAny<T>(string name, Func<JsonFields, T> read)
        where T : class => IfAny(name) is { } value ? Read(value, read) : null;

    public IReadOnlyList<T> Objects<T>(string name, Func<JsonFields, T> read) => [.. Items(Needed(name)).Select(item => Read(item, read))];

    /// <summary>An object of texts, by their names.</summary>
    public IReadOnlyDictionary<string, string> Pairs(string name)
    {
        Dictionary<string, string> pairs = [];
        foreach (JsonProperty pair in Of(Needed(name), JsonValueKind.Object).EnumerateObject())
            pairs[pair.Name] = Of(pair.Value, JsonValueKind.String).GetString()!;
        return pairs;
    }

    /// <summary>A value that someone else reads.</summary>
    public JsonElement Element(string name) => Needed(name).Clone();

    private static T Parse<T>(string text, Func<JsonElement, T> read)
    {
        using JsonDocument document = JsonDocument.Parse(text);
        try
        {
            return read(document.RootElement);
        }
        catch (InvalidOperationException damage)
        {
            // Half of a surrogate pair, which no text can hold.
            throw new JsonException(damage.Message, damage);
        }
    }

    private static T Read<T>(JsonElement json, Func<JsonFields, T> read)
    {
        JsonFields fields = new(json);
        T value = read(fields);
        return fields.left.Count == 0 ? value : throw new JsonException($"'{fields.left.Keys.First()}' is not known");
    }

    private static int WholeOf(JsonElement value) => Of(value, JsonValueKind.Number).TryGetInt32(out int whole) ? whole : throw new JsonException("a whole number was expected");

    private static float SingleOf(JsonElement value) => Of(value, JsonValueKind.Number).TryGetSingle(out float number) && float.IsFinite(number) ? number : throw new JsonException("a number was expected");

    private static double NumberOf(JsonElement value) => Of(value, JsonValueKind.Number).TryGetDouble(out double number) && double.IsFinite(number) ? number : throw new JsonException("a number was expected");

    private static JsonElement.ArrayEnumerator Items(JsonElement list) => Of(list, JsonValueKind.Array).EnumerateArray();

    private static JsonElement Of(JsonElement value, JsonValueKind kind) => value.ValueKind == kind ? value : throw new JsonException($"{kind} was expected");

    private JsonElement Needed(string name) => IfAny(name) ?? throw Missing(name);

    private static JsonException Missing(string name) => new($"'{name}' is missing");

    private JsonElement? IfAny(string name) => left.Remove(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value : null;
}
