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
    /// <exception cref="DatasetException">It is not such text, and the message names the line; or it is empty, or no ordinary file.</exception>
    public static IEnumerable<DelimitedRow> Read(string path)
    {
        ImageReader.CheckOrdinary(path);
        return Read(path, new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read));
    }

    /// <summary>The same of a stream, which is closed at the end.</summary>
    /// <param name="path">What messages call it.</param>
    /// <param name="stream">The text.</param>
    public static IEnumerable<DelimitedRow> Read(string path, Stream stream)
    {
        using StreamReader reader = new(stream, Utf8);
        int line = 0, length = 0, start;
        char separator = '\0';
        bool endsInReturn = false;
        while (true)
        {
            (start, length) = (line + 1, 0);
            if (NextLine() is not { } first)
                yield break;
            if (separator == '\0')
                separator = SeparatorOf(path, first);
            List<string> fields = Split(first, separator, () => NextLine() ?? throw Refusal("a quotation mark opens a field that nothing closes"), Refusal);
            if (fields is not [""])
                yield return new DelimitedRow(start, fields);
        }

        string? NextLine()
        {
            line++;
            try
            {
                string? next = ReadLine(reader, MaxRow - length, ref endsInReturn);
                length += 1 + next?.Length ?? 0;
                return length - 1 <= MaxRow ? next : throw Refusal($"this row is longer than {MaxRow} characters");
            }
            catch (DecoderFallbackException)
            {
                start = line;
                throw Refusal("these bytes are no UTF-8; save the table as UTF-8");
            }
        }

        DatasetException Refusal(string problem) => new($"{path}, line {start}: {problem}.");
    }

    /// <summary>The lines of a text in UTF-8, one after another.</summary>
    /// <exception cref="DatasetException">A line is longer than any row of a table; the message names it.</exception>
    public static IEnumerable<string> Lines(string path)
    {
        using StreamReader reader = new(path);
        bool endsInReturn = false;
        for (int line = 1; ReadLine(reader, MaxRow, ref endsInReturn) is { } text; line++)
            yield return text.Length <= MaxRow ? text : throw new DatasetException($"{path}, line {line}: this line is longer than {MaxRow} characters.");
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

    /// <summary>The next line, or so much of it as is one character more than allowed; null at the end.</summary>
    /// <param name="reader">Behind the line before.</param>
    /// <param name="most">So many characters are allowed.</param>
    /// <param name="endsInReturn">Whether the line before ended in \r, and this one does: a \n that follows belongs to it. A look ahead would wait for one that is not written yet.</param>
    public static string? ReadLine(TextReader reader, int most, ref bool endsInReturn)
    {
        int next = reader.Read();
        if (endsInReturn && next == '\n')
            next = reader.Read();
        endsInReturn = false;
        if (next < 0)
            return null;
        StringBuilder line = new();
        for (; next >= 0 && next is not ('\n' or '\r') && line.Length <= most; next = reader.Read())
            line.Append((char)next);
        endsInReturn = next == '\r';
        return line.ToString();
    }

    /// <summary>The fields of a row, which goes on in the next line where a quotation mark is still open at the end of one.</summary>
    private static List<string> Split(string line, char separator, Func<string> nextLine, Func<string, DatasetException> refusal)
    {
        List<string> fields = [];
        int at = 0;
        while (true)
        {
            int end;
            int begin = at;
            while (begin < line.Length && line[begin] == ' ')
                begin++;
            if (begin < line.Length && line[begin] == '"')
            {
                at = begin + 1;
                fields.Add(Quoted(ref line, ref at, nextLine).Trim());
                end = line.IndexOf(separator, at);
                if (!string.IsNullOrWhiteSpace(line[at..(end < 0 ? line.Length : end)]))
                    throw refusal("there is text behind the quotation mark that closes a field");
            }
            else
            {
                end = line.IndexOf(separator, at);
                fields.Add(line[at..(end < 0 ? line.Length : end)].Trim());
            }
            if (end < 0)
                return fields;
            at = end + 1;
        }
    }

    /// <summary>The field whose quotation mark stands before <paramref name="at"/>, and where it ends, perhaps in a later line. Two marks within stand for one.</summary>
    private static string Quoted(ref string line, ref int at, Func<string> nextLine)
    {
        StringBuilder field = new();
        while (true)
        {
            int mark = line.IndexOf('"', at);
            if (mark < 0)
            {
                field.Append(line, at, line.Length - at).Append('\n');
                (line, at) = (nextLine(), 0);
                continue;
            }
            bool isDoubled = mark + 1 < line.Length && line[mark + 1] == '"';
            field.Append(line, at, mark - at + (isDoubled ? 1 : 0));
            at = mark + (isDoubled ? 2 : 1);
            if (!isDoubled)
                return field.ToString();
        }
    }
}
