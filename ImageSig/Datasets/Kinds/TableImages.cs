using ImageSig.Imaging;

namespace ImageSig;

/// <summary>A labeled data set as a table: a row names an image and its class, and perhaps whether it is there to train, to validate or to test.</summary>
/// <remarks>Images are in the order of their rows, classes in ordinal order of their names.</remarks>
internal sealed class TableImages : ImageSet
{
    /// <summary>Headings of the columns that a table of images may have, in any case.</summary>
    public static readonly string[]
        PathNames = ["path", "file", "filename", "file_name", "filepath", "image", "image_path", "img"],
        LabelNames = ["label", "class", "category"],
        SplitHeadings = ["split", "set", "subset", "partition"];

    private const string Expected = "a heading such as path,label,split was expected, or rows of an image, its class and, if need be, train, val or test";

    private readonly string path;
    private readonly IReadOnlyList<Row> rows;

    private TableImages(string path, IReadOnlyList<Row> rows, SplitPart? part, int minClasses)
    {
        (this.path, this.rows, Name) = (path, rows, part is null ? path : $"{path} ({SplitNames.Of(part.Value)})");
        string[] classes = [.. rows.Select(row => row.Label).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        if (classes.Length < minClasses)
            throw new DatasetException($"{Name}: {(classes.Length == 0 ? "no image" : $"only one class ('{classes[0]}')")} found, at least {minClasses} classes expected; {Expected}.");
        Targets = new ClassTargets(classes, [.. rows.Select(row => Array.BinarySearch(classes, row.Label, StringComparer.Ordinal))]);
    }

    public override string Name { get; }

    public override ClassTargets Targets { get; }

    public static TableImages Open(string path, int minClasses) => new(path, Read(path), part: null, minClasses);

    public static ImageSplits OpenSplits(string path, int minClasses)
    {
        List<Row> rows = Read(path);
        return ImageSplits.OfTable(path, [.. rows.Select(row => row.Part).Distinct()], part => part is { } one
            ? new TableImages(path, [.. rows.Where(row => row.Part == one)], one, one == SplitPart.Training ? minClasses : 1)
            : new TableImages(path, rows, part: null, minClasses));
    }

    public override string NameOf(int index) => rows[index].Image;

    internal override string? FileOf(int index) => rows[index].Image;

    protected override Image Decode(int index, DecodeOptions options) => ImageReader.LoadListed(rows[index].Image, options);

    protected override Image DecodeFitted(int index, FeatureOptions features) => ImageReader.ReadListed(rows[index].Image, features, path, rows[index].Line);

    private static List<Row> Read(string path)
    {
        string folder = Path.GetDirectoryName(path) ?? "";
        Dictionary<string, Row> seen = new(StringComparer.Ordinal);
        List<Row> rows = [];
        (int Path, int Label, int Split)? columns = null;
        foreach ((int line, IReadOnlyList<string> fields) in DelimitedText.Read(path))
        {
            if (columns is null)
            {
                columns = Columns(fields);
                if (columns is not null)
                    continue;
                if (fields.Count is not (2 or 3) || !File.Exists(Resolve(folder, fields[0], Refused(line))))
                    throw Refusal(line, Expected);
                columns = (0, 1, fields.Count == 3 ? 2 : -1);
            }
            Row row = ReadRow(line, fields, columns.Value);
            if (!seen.TryAdd(row.Image, row))
            {
                Row first = seen[row.Image];
                throw Refusal(line, first.Label == row.Label && first.Part == row.Part
                    ? $"{row.Image} stands in line {first.Line} already"
                    : $"{row.Image} is '{row.Label}' ({SplitNames.Of(row.Part)}) here and '{first.Label}' ({SplitNames.Of(first.Part)}) in line {first.Line}");
            }
            rows.Add(row);
        }
        return rows;

        Row ReadRow(int line, IReadOnlyList<string> fields, (int Path, int Label, int Split) at)
        {
            int needed = Math.Max(at.Path, at.Label) + 1;
            if (fields.Count < needed)
                throw Refusal(line, $"{fields.Count} field{(fields.Count == 1 ? "" : "s")}, at least {needed} expected");
            if (fields[at.Path].Length == 0 || fields[at.Label].Length == 0)
                throw Refusal(line, fields[at.Path].Length == 0 ? "the image has no name" : $"{fields[at.Path]} has no class");
            string split = at.Split >= 0 && at.Split < fields.Count ? fields[at.Split] : "";
            SplitPart part = split.Length == 0 ? SplitPart.Training : SplitNames.Of(split) ?? throw Refusal(line, $"the split is '{split}'; {SplitNames.Expected} was expected");
            return new Row(Resolve(folder, fields[at.Path], Refused(line)), fields[at.Label], part, line);
        }

        Func<string, DatasetException> Refused(int line) => problem => Refusal(line, problem);

        DatasetException Refusal(int line, string problem) => new($"{path}, line {line}: {problem}.");
    }

    private static (int Path, int Label, int Split)? Columns(IReadOnlyList<string> heading)
    {
        (int path, int label) = (Find(PathNames), Find(LabelNames));
        return path < 0 || label < 0 ? null : (path, label, Find(SplitHeadings));

        int Find(string[] names) => ColumnOf(heading, names);
    }

    /// <summary>The first column with one of these headings; -1 where there is none.</summary>
    public static int ColumnOf(IReadOnlyList<string> heading, string[] names)
    {
        for (int column = 0; column < heading.Count; column++)
            if (names.Contains(heading[column], StringComparer.OrdinalIgnoreCase))
                return column;
        return -1;
    }

    /// <summary>Paths are told from the table's folder; those of a table made on Windows are understood elsewhere, too.</summary>
    /// <exception cref="DatasetException">The name holds a control character: none that is meant does.</exception>
    public static string Resolve(string folder, string name, Func<string, DatasetException> refusal)
    {
        if (name.FirstOrDefault(char.IsControl, ' ') is var control and not ' ')
            throw refusal($"the name of the image holds the control character U+{(int)control:X4}");
        string path = Path.Combine(folder, name);
        return Path.DirectorySeparatorChar != '\\' && path.Contains('\\', StringComparison.Ordinal) && !File.Exists(path) ? path.Replace('\\', '/') : path;
    }

    private sealed record Row(string Image, string Label, SplitPart Part, int Line);
}

/// <summary>A file .csv or .tsv, or a folder that holds <c>labels.csv</c>, <c>labels.tsv</c> or <c>metadata.csv</c>.</summary>
internal sealed class TableKind : ImageSetKind
{
    private static readonly string[] InFolder = ["labels.csv", "labels.tsv", "metadata.csv"], Extensions = [".csv", ".tsv"];

    public override string Name => "csv";

    public override bool Recognizes(string path) => File.Exists(path)
        ? Extensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase)
        : TableIn(path) is not null;

    public override ImageSet Open(string path, int minClasses) => TableImages.Open(TableOf(path), minClasses);

    public override ImageSplits OpenSplits(string path, int minClasses) => TableImages.OpenSplits(TableOf(path), minClasses);

    private static string? TableIn(string folder) => InFolder.Select(name => Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    private static string TableOf(string path) => File.Exists(path) ? path : TableIn(path)
        ?? throw new DatasetException($"{path}: {(Directory.Exists(path) ? $"none of {string.Join(", ", InFolder)} is in this folder" : "no such file")}; a table of images and their classes was expected.");
}
