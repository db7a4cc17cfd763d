using System.Collections;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ImageSig;

/// <summary>A JSON object that is written: its members in their order. Values are texts, numbers, booleans, times in UTC, lists of these, members again, or null.
/// Written by hand, since a generated serializer of each type made the program a megabyte larger and its start slower.</summary>
/// <param name="members">A name that begins with a question mark is left out, with its value, where that is null.</param>
internal sealed class JsonMembers(params (string Name, object? Value)[] members)
{
    private readonly (string Name, object? Value)[] members = members;

    private bool isNamedElsewhere;

    /// <summary>Members whose names come from elsewhere, such as those of classes: they are written as they are, whatever they begin with.</summary>
    public static JsonMembers Named(IEnumerable<(string Name, object? Value)> members) => new([.. members]) { isNamedElsewhere = true };

    /// <summary>A value for people, as one line: paths and class names in any script stay readable; quotes and control characters are escaped as JSON demands.</summary>
    public static string Line(object value) => Text(value, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }, leavesOutNull: false);

    /// <summary>A value for files, in ASCII.</summary>
    /// <param name="value">The value.</param>
    /// <param name="leavesOutNull">Whether to write no member that is null.</param>
    /// <param name="isIndented">Whether each member has a line.</param>
    public static string Stored(object value, bool leavesOutNull = true, bool isIndented = false) => Text(value, new() { Indented = isIndented, NewLine = "\n" }, leavesOutNull);

    private static string Text(object value, JsonWriterOptions options, bool leavesOutNull)
    {
        using MemoryStream text = new();
        using (Utf8JsonWriter json = new(text, options))
            Write(json, value, leavesOutNull);
        return Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length);
    }

    private static void Write(Utf8JsonWriter json, object? value, bool leavesOutNull)
    {
        switch (value)
        {
            case null: json.WriteNullValue(); break;
            case string text: json.WriteStringValue(text); break;
            case bool isTrue: json.WriteBooleanValue(isTrue); break;
            case int whole: json.WriteNumberValue(whole); break;
            case long whole: json.WriteNumberValue(whole); break;
            case ulong whole: json.WriteNumberValue(whole); break;
            case float number: json.WriteNumberValue(number); break;
            case double number: json.WriteNumberValue(number); break;
            case DateTime time: json.WriteStringValue(time); break;
            case JsonElement element: element.WriteTo(json); break;
            case JsonMembers inner: inner.Write(json, leavesOutNull); break;
            case IEnumerable list:
                json.WriteStartArray();
                foreach (object? item in list)
                    Write(json, item, leavesOutNull);
                json.WriteEndArray();
                break;
            default: throw new NotSupportedException($"{value.GetType()} has no form in JSON here.");
        }
    }

    private void Write(Utf8JsonWriter json, bool leavesOutNull)
    {
        json.WriteStartObject();
        foreach ((string name, object? value) in members)
        {
            bool isOptional = !isNamedElsewhere && name.StartsWith('?');
            if (value is null && (isOptional || leavesOutNull))
                continue;
            json.WritePropertyName(isOptional ? name.AsSpan(1) : name);
            Write(json, value, leavesOutNull);
        }
        json.WriteEndObject();
    }
}
