namespace ImageSig;

/// <summary>A table .csv or .tsv with a column of images, perhaps one of splits, and every other column an attribute; or a folder with <c>attributes.csv</c> in it.</summary>
internal sealed class AttributeTableKind : ImageSetKind
{
    private const string InFolder = "attributes.csv";
    private static readonly string[] Extensions = [".csv", ".tsv"];

    public override string Name => "attributes";

    internal override bool AsksQuestions => true;

    public override bool Recognizes(string path)
    {
        if (Directory.Exists(path))
            return File.Exists(Path.Combine(path, InFolder));
        if (!File.Exists(path) || !IsTable(path))
            return false;
        try
        {
            return DelimitedText.Read(path).Select(row => row.Fields).FirstOrDefault() is { Count: > 1 } heading
                && TableImages.ColumnOf(heading, TableImages.PathNames) >= 0 && TableImages.ColumnOf(heading, TableImages.LabelNames) < 0;
        }
        catch (Exception problem) when (problem is DatasetException or IOException or UnauthorizedAccessException)
        {
            // Whoever opens it says so.
            return false;
        }
    }

    public override ImageSet Open(string path, int minClasses)
    {
        string table = TableOf(path);
        return AttributeImages.Of(table, Read(table, FolderOf(table)));
    }

    public override ImageSplits OpenSplits(string path, int minClasses)
    {
        string table = TableOf(path);
        return AttributeImages.SplitsOf(table, Read(table, FolderOf(table)));
    }

    /// <summary>Whether a file of this name is a table, by its ending.</summary>
    public static bool IsTable(string path) => Extensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);

    /// <summary>The attributes and rows of a table.</summary>
    /// <param name="table">The file.</param>
    /// <param name="folder">Where the paths of its images start.</param>
    /// <exception cref="DatasetException">It is no such table; the message names the line.</exception>
    public static (IReadOnlyList<string> Attributes, IReadOnlyList<AttributeRow> Rows) Read(string table, string folder)
    {
        IReadOnlyList<string> heading = [];
        int headingLine = 1, path = -1, split = -1;
        int[] columns = [];
        List<AttributeRow> rows = [];
        foreach ((int line, IReadOnlyList<string> fields) in DelimitedText.Read(table))
        {
            if (heading.Count == 0)
            {
                (heading, headingLine) = (fields, line);
                path = TableImages.ColumnOf(heading, TableImages.PathNames);
                split = TableImages.ColumnOf(heading, TableImages.SplitHeadings);
                if (path < 0)
                    throw Refusal(line)("no column of images found; a heading such as path,smiling,glasses was expected");
                columns = [.. Sequences.Range(0, heading.Count).Where(column => column != path && column != split)];
                continue;
            }
            if (fields.Count != heading.Count)
                throw Refusal(line)($"{fields.Count} field{(fields.Count == 1 ? "" : "s")}, {heading.Count} expected as in line {headingLine}");
            if (fields[path].Length == 0)
                throw Refusal(line)("the image has no name");
            SplitPart part = split < 0 || fields[split].Length == 0 ? SplitPart.Training
                : SplitNames.Of(fields[split]) ?? throw Refusal(line)($"the split is '{fields[split]}'; {SplitNames.Expected} was expected");
            rows.Add(new AttributeRow(
                TableImages.Resolve(folder, fields[path], Refusal(line)), [.. columns.Select(column => AttributeImages.Answer(fields[column], heading[column], NoAnswer(line)))], part, line));
        }
        string[] attributes = [.. columns.Select(column => heading[column])];
        AttributeImages.Check(table, headingLine, attributes, rows);
        return (attributes, rows);

        Func<string, DatasetException> Refusal(int line) => problem => new DatasetException($"{table}, line {line}: {problem}.");

        Func<string, DatasetException> NoAnswer(int line) => problem => Refusal(line)($"{problem}; if the column holds classes, call it {TableImages.LabelNames[0]} in line {headingLine}");
    }

    private static string TableOf(string path)
    {
        string table = Directory.Exists(path) ? Path.Combine(path, InFolder) : path;
        return File.Exists(table) ? table : throw new DatasetException($"{table}: no such file; a table of images and their attributes was expected.");
    }

    private static string FolderOf(string table) => Path.GetDirectoryName(table) ?? "";
}
