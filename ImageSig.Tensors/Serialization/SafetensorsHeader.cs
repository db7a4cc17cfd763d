using System.Text.Json;

namespace ImageSig.Tensors;

/// <summary>The parsed header of a safetensors file: what it claims, not yet checked against the data.</summary>
internal sealed record SafetensorsHeader(
    int DataStart, IReadOnlyList<KeyValuePair<string, string>> Metadata, IReadOnlyList<SafetensorsHeader.Slot> Slots)
{
    /// <summary>More than four times what the largest architecture has; each costs time before the first can be believed.</summary>
    private const int MaxTensors = 1 << 16;

    /// <summary>Bytes of one text of the metadata: the names of tens of thousands of classes.</summary>
    private const int MaxText = 1 << 20;

    /// <summary>Bytes of one value of each type.</summary>
    private static readonly (string Type, int Bytes)[] Types =
        [("F64", 8), ("I64", 8), ("U64", 8), ("F32", 4), ("I32", 4), ("U32", 4), ("F16", 2), ("BF16", 2), ("I16", 2), ("U16", 2), ("I8", 1), ("U8", 1), ("BOOL", 1)];

    internal sealed record Slot(string Name, IReadOnlyList<int> Shape, long Begin, long End)
    {
        /// <summary>Of one value.</summary>
        public int Bytes { get; init; } = sizeof(float);

        /// <summary>Of its values; null where it is passed over.</summary>
        public SafetensorsType? Type { get; init; }
    }

    /// <param name="header">JSON.</param>
    /// <param name="dataStart">Where the values begin in the file.</param>
    /// <param name="scope">Which types of tensors are read, and what becomes of others.</param>
    /// <exception cref="JsonException">Not JSON, or not of this form.</exception>
    public static SafetensorsHeader Parse(ReadOnlySpan<byte> header, int dataStart, SafetensorsScope scope)
    {
        Utf8JsonReader json = new(header);
        List<KeyValuePair<string, string>> metadata = [];
        List<Slot> slots = [];
        HashSet<string> names = new(StringComparer.Ordinal);
        Expect(ref json, JsonTokenType.StartObject);
        while (NextName(ref json) is { } name)
        {
            if (!names.Add(name))
                throw new JsonException($"'{name}' occurs twice");
            if (name == "__metadata__")
                ParseMetadata(ref json, metadata);
            else
                slots.Add(ParseSlot(ref json, name, scope));
            if (slots.Count > MaxTensors)
                throw new InvalidDataException($"the header lists more than {MaxTensors} tensors; this is not a model, or it is damaged.");
        }
        if (json.Read())
            throw new JsonException("text after the header");
        return new SafetensorsHeader(dataStart, metadata, slots);
    }

    private static void ParseMetadata(ref Utf8JsonReader json, List<KeyValuePair<string, string>> metadata)
    {
        HashSet<string> keys = new(StringComparer.Ordinal);
        Expect(ref json, JsonTokenType.StartObject);
        while (NextName(ref json) is { } key)
        {
            Expect(ref json, JsonTokenType.String);
            if (json.ValueSpan.Length > MaxText)
                throw new InvalidDataException($"the metadata holds a text of {json.ValueSpan.Length} bytes, at most {MaxText} were expected; this is not a model, or it is damaged.");
            if (!keys.Add(key))
                throw new JsonException($"'{key}' occurs twice");
            metadata.Add(new(key, json.GetString()!));
        }
    }

    private static Slot ParseSlot(ref Utf8JsonReader json, string name, SafetensorsScope scope)
    {
        string? type = null;
        List<long>? shape = null, offsets = null;
        Expect(ref json, JsonTokenType.StartObject);
        while (NextName(ref json) is { } key)
        {
            switch (key)
            {
                case "dtype" when type is null:
                    Expect(ref json, JsonTokenType.String);
                    type = json.GetString();
                    break;
                case "shape" when shape is null:
                    shape = ParseNumbers(ref json);
                    break;
                case "data_offsets" when offsets is null:
                    offsets = ParseNumbers(ref json);
                    break;
                default:
                    throw new JsonException($"tensor '{name}' has an unexpected '{key}'");
            }
        }
        int bytes = Types.FirstOrDefault(known => known.Type == type).Bytes;
        SafetensorsType? read = type is null ? null : SafetensorsNumbers.Named(type);
        bool isRead = scope == SafetensorsScope.Float32 ? read == SafetensorsType.Float32 : read is not null && !(scope == SafetensorsScope.Foreign && read == SafetensorsType.Int8);
        if (!isRead && !(scope == SafetensorsScope.Foreign && bytes > 0))
            throw new InvalidDataException($"tensor '{name}' is of type {type}; only {(scope == SafetensorsScope.Float32 ? "F32 is" : "F32, F64, F16, BF16 and I8 are")} read.");
        if (shape is null || offsets is not { Count: 2 } || shape.Any(length => length is < 0 or > int.MaxValue))
            throw new JsonException($"tensor '{name}' lacks its shape or offsets");
        return new Slot(name, [.. shape.Select(length => (int)length)], offsets[0], offsets[1]) { Bytes = bytes, Type = isRead ? read : null };
    }

    private static List<long> ParseNumbers(ref Utf8JsonReader json)
    {
        List<long> numbers = [];
        Expect(ref json, JsonTokenType.StartArray);
        while (json.Read() && json.TokenType == JsonTokenType.Number && numbers.Count <= Shape.MaxRank)
            numbers.Add(json.GetInt64());
        return json.TokenType == JsonTokenType.EndArray ? numbers : throw new JsonException("a list of numbers was expected");
    }

    private static string? NextName(ref Utf8JsonReader json)
    {
        if (!json.Read())
            throw new JsonException("the header ends too early");
        return json.TokenType switch
        {
            JsonTokenType.PropertyName => json.GetString(),
            JsonTokenType.EndObject => null,
            _ => throw new JsonException("a name was expected"),
        };
    }

    private static void Expect(ref Utf8JsonReader json, JsonTokenType type)
    {
        if (!json.Read() || json.TokenType != type)
            throw new JsonException($"{type} was expected");
    }
}
