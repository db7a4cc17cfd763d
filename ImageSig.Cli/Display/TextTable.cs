namespace ImageSig.Cli.Display;

/// <summary>A table in plain text: columns as wide as their widest cell, two spaces between them, never cut and never boxed,
/// so that it reads the same on a terminal, in a file and in <c>awk</c>.</summary>
/// <param name="headings">One per column; a heading that starts with <c>&gt;</c> aligns its column to the right.</param>
internal sealed class TextTable(params string[] headings)
{
    private readonly List<string[]> rows = [];

    /// <summary>Adds a row with one cell per column.</summary>
    public void Add(params string[] cells)
    {
        if (cells.Length != headings.Length)
            throw new ArgumentException($"TextTable: {cells.Length} cells in a table of {headings.Length} columns.", nameof(cells));
        rows.Add(cells);
    }

    /// <summary>Writes headings and rows, each line behind <paramref name="indent"/>.</summary>
    public void Write(TextWriter output, string indent = "")
    {
        string[] titles = [.. headings.Select(heading => heading.TrimStart('>'))];
        int[] widths = [.. titles.Select((title, column) => rows.Select(row => row[column].Length).Append(title.Length).Max())];
        if (titles.Any(title => title.Length > 0))
            WriteRow(titles);
        foreach (string[] row in rows)
            WriteRow(row);

        void WriteRow(string[] cells) => output.WriteLine(indent + string.Join("  ", cells.Select(Align)).TrimEnd());

        string Align(string cell, int column) =>
            headings[column].StartsWith('>') ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column]);
    }
}
