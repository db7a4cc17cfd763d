using System.Text;

namespace ImageSig;

/// <summary>A row of a table and the line on which it begins, counted from 1.</summary>
internal readonly record struct DelimitedRow(int Line, IReadOnlyList<string> Fields);

/// <summary>Tables as text: a row a line, fields between commas, semicolons or tabs, in quotation marks where they hold such themselves (RFC 4180).</summary>
internal static class DelimitedText
{
    /// <summary>Characters of the longest row: far beyond any table of images, and short enough to read at once.</summary>
    private const int MaxRow = 1 << 20;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads the rows one after another; empty lines are passed over. Blanks around a field do not count.</summary>
    /// <param name="path">A file in UTF-8, or in UTF-16 with its mark. Tabs separate where its name ends in .tsv; else what the first line holds: commas, or without
    /// any semicolons or tabs.</param>
    /// <exception cref="DatasetException">It is not such text, and the message names the line; or a link to a device.</exception>
    public static IEnumerable<DelimitedRow> Read(string path)
    {
        ImageReader.CheckOrdinary(path);
        using StreamReader reader = new(path, Utf8);
        int line = 0;
        char separator = '\0';
        while (NextLine() is { } row)
        {
            int start = line;
            if (separator == '\0')
                separator = SeparatorOf(path, row);
            List<string>? fields;
            while ((fields = Split(row, separator, Refusal(start))) is null)
            {
                string next = NextLine() ?? throw Refusal(start)("a quotation mark opens a field that nothing closes");
                row = $"{row}\n{next}";
                if (row.Length > MaxRow)
                    throw Refusal(start)($"this row is longer than {MaxRow} characters");
            }
            if (fields is not [""])
                yield return new DelimitedRow(start, fields);
        }

        string? NextLine()
        {
            line++;
            try
            {
                return reader.ReadLine();
            }
            catch (DecoderFallbackException)
            {
                throw Refusal(line)("these bytes are no UTF-8; save the table as UTF-8");
            }
        }

        Func<string, DatasetException> Refusal(int at) => problem => new DatasetException($"{path}, line {at}: {problem}.");
    }

    /// <summary>A field as it is written between commas.</summary>
    public static string Field(string text) =>
        text.AsSpan().IndexOfAny(",\"\n\r") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static char SeparatorOf(string path, string first)
    {
        if (path.EndsWith(".tsv", StringComparison.OrdinalIgnoreCase))
            return '\t';
        return ",;\t".FirstOrDefault(first.Contains, ',');
    }

    /// <summary>The fields of a row; null where a quotation mark is still open at its end.</summary>
    private static List<string>? Split(string row, char separator, Func<string, DatasetException> refusal)
    {
        List<string> fields = [];
        int at = 0;
        while (true)
        {
            int end;
            int begin = at;
            while (begin < row.Length && row[begin] == ' ')
                begin++;
            if (begin < row.Length && row[begin] == '"')
            {
                if (Quoted(row, begin) is not (string field, int behind))
                    return null;
                fields.Add(field.Trim());
                end = row.IndexOf(separator, behind);
                if (!string.IsNullOrWhiteSpace(row[behind..(end < 0 ? row.Length : end)]))
                    throw refusal("there is text behind the quotation mark that closes a field");
            }
            else
            {
                end = row.IndexOf(separator, at);
                fields.Add(row[at..(end < 0 ? row.Length : end)].Trim());
            }
            if (end < 0)
                return fields;
            at = end + 1;
        }
    }

    /// <summary>The field whose quotation mark stands at <paramref name="open"/>, and where it ends; null if it does not. Two marks within stand for one.</summary>
    private static (string Field, int Behind)? Quoted(string row, int open)
    {
        StringBuilder field = new();
        for (int at = open + 1; at < row.Length; at++)
        {
            if (row[at] != '"')
                field.Append(row[at]);
            else if (at + 1 < row.Length && row[at + 1] == '"')
                field.Append(row[at++]);
            else
                return (field.ToString(), at + 1);
        }
        return null;
    }
}
