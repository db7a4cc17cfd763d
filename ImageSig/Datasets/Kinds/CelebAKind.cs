using System.Globalization;

namespace ImageSig;

/// <summary>The lists of CelebA: <c>list_attr_celeba.txt</c> (how many images, the names of the attributes, then a row an image of 1 and -1) and, if it is beside that,
/// <c>list_eval_partition.txt</c> (0 to train, 1 to validate, 2 to test); or a folder that holds them. Images are found by their names, anywhere below the folder.</summary>
internal sealed class CelebAKind : ImageSetKind
{
    private const string Attributes = "list_attr_celeba.txt", Partition = "list_eval_partition.txt";

    public override string Name => "celeba";

    internal override bool AsksQuestions => true;

    public override bool Recognizes(string path) => Directory.Exists(path) ? File.Exists(Path.Combine(path, Attributes)) : Path.GetFileName(path) == Attributes && File.Exists(path);

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

    /// <summary>The attributes and rows of the lists.</summary>
    /// <param name="table">The list of attributes.</param>
    /// <param name="folder">Below it are the images.</param>
    /// <exception cref="DatasetException">They are no such lists; the message names the line.</exception>
    public static (IReadOnlyList<string> Attributes, IReadOnlyList<AttributeRow> Rows) Read(string table, string folder)
    {
        Dictionary<string, string> files = new(StringComparer.Ordinal);
        foreach (string file in FolderWalk.Files(folder))
            files.TryAdd(Path.GetFileName(file), file);
        Dictionary<string, SplitPart> parts = Parts(Path.Combine(FolderOf(table), Partition));
        ImageReader.CheckOrdinary(table);
        string[] attributes = [];
        List<AttributeRow> rows = [];
        int line = 0, promised = 0;
        foreach (string text in DelimitedText.Lines(table))
        {
            line++;
            string[] fields = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (line == 1 && (fields.Length != 1 || !int.TryParse(fields[0], NumberStyles.None, CultureInfo.InvariantCulture, out promised)))
                throw Refusal("the number of images was expected");
            if (line == 2)
                attributes = fields;
            if (line <= 2 || fields.Length == 0)
                continue;
            if (fields.Length != attributes.Length + 1)
                throw Refusal($"{fields.Length} fields, an image and {attributes.Length} answers expected");
            rows.Add(new AttributeRow(
                files.GetValueOrDefault(fields[0]) ?? TableImages.Resolve(folder, fields[0], Refusal),
                [.. attributes.Select((attribute, k) => AttributeImages.Answer(fields[k + 1], attribute, Refusal))],
                parts.GetValueOrDefault(fields[0], SplitPart.Training), line));
        }
        AttributeImages.Check(table, 2, attributes, rows);
        return rows.Count == promised ? (attributes, rows) : throw new DatasetException($"{table}: {rows.Count} images found, line 1 says {promised}; the file was cut or changed, copy it again.");

        DatasetException Refusal(string problem) => new($"{table}, line {line}: {problem}.");
    }

    private static Dictionary<string, SplitPart> Parts(string path)
    {
        Dictionary<string, SplitPart> parts = new(StringComparer.Ordinal);
        if (!File.Exists(path))
            return parts;
        ImageReader.CheckOrdinary(path);
        int line = 0;
        foreach (string text in DelimitedText.Lines(path))
        {
            line++;
            string[] fields = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length == 0)
                continue;
            if (fields.Length != 2 || fields[1] is not ("0" or "1" or "2"))
                throw new DatasetException($"{path}, line {line}: an image and 0, 1 or 2 (to train, to validate, to test) were expected.");
            parts[fields[0]] = (SplitPart)(fields[1][0] - '0');
        }
        return parts;
    }

    private static string TableOf(string path)
    {
        string table = Directory.Exists(path) ? Path.Combine(path, Attributes) : path;
        return File.Exists(table) ? table : throw new DatasetException($"{table}: no such file; CelebA's list of attributes was expected.");
    }

    private static string FolderOf(string table) => Path.GetDirectoryName(table) is { Length: > 0 } folder ? folder : ".";
}
