namespace ImageSig.Cli.Display;

/// <summary>A table in plain text: columns as wide as their widest cell, two spaces between them, never cut and never boxed,
/// so that it reads the same on a terminal, in a file and in <c>awk</c>.</summary>
/// <param name="headings">One per column; a heading that starts with <c>&gt;</c> aligns its column to the right.</param>
internal sealed class TextTable(params string[] headings)
{
    private readonly List<string[]> rows = [];
    private readonly string[] titles = [.. headings.Select(heading => heading.TrimStart('>'))];
    private readonly int[] widths = [.. headings.Select(heading => heading.TrimStart('>').Length)];

    /// <summary>Whether no row was added.</summary>
    public bool IsEmpty => rows.Count == 0;

    /// <summary>Adds a row with one cell per column, which <see cref="Write"/> will print.</summary>
    public void Add(params string[] cells)
    {
        Reserve(cells);
        rows.Add(cells);
    }

    /// <summary>Makes the columns wide enough for cells that will come later, for a table that is printed row by row.</summary>
    public void Reserve(params string[] cells)
    {
        if (cells.Length != headings.Length)
            throw new ArgumentException($"TextTable: {cells.Length} cells in a table of {headings.Length} columns.", nameof(cells));
        for (int column = 0; column < cells.Length; column++)
            widths[column] = Math.Max(widths[column], cells[column].Length);
    }

    /// <summary>Writes headings and rows, each line behind <paramref name="indent"/>.</summary>
    public void Write(TextWriter output, string indent = "")
    {
        if (titles.Any(title => title.Length > 0))
            WriteHeadings(output, indent);
        foreach (string[] row in rows)
            WriteRow(output, row, indent);
    }

    /// <summary>Writes the headings alone.</summary>
    public void WriteHeadings(TextWriter output, string indent = "") => WriteRow(output, titles, indent);

    /// <summary>Writes one row that was not added.</summary>
    public void WriteRow(TextWriter output, string[] cells, string indent = "") =>
        output.WriteLine(indent + string.Join("  ", cells.Select(Align)).TrimEnd());

    private string Align(string cell, int column)
    {
        string shown = Printable.Cell(cell);
        return headings[column].StartsWith('>') ? shown.PadLeft(widths[column]) : shown.PadRight(widths[column]);
    }
}
