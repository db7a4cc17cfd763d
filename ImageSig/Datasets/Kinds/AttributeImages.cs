using ImageSig.Imaging;

namespace ImageSig;

/// <summary>An image and its answers, as a table holds them.</summary>
/// <param name="Image">The file.</param>
/// <param name="Answers">[Q]; null where the answer is not known.</param>
/// <param name="Part">What it is there for.</param>
/// <param name="Line">Where it stands in the table, from 1.</param>
internal sealed record AttributeRow(string Image, bool?[] Answers, SplitPart Part, int Line);

/// <summary>A data set of attributes: each image answers the same questions with yes or no, some perhaps not. Images are in the order of their rows.</summary>
internal sealed class AttributeImages : ImageSet
{
    private readonly string table;
    private readonly IReadOnlyList<AttributeRow> rows;

    private AttributeImages(string table, IReadOnlyList<string> attributes, IReadOnlyList<AttributeRow> rows, SplitPart? part)
    {
        (this.table, this.rows, Name) = (table, rows, part is null ? table : $"{table} ({SplitNames.Of(part.Value)})");
        Targets = new AnswerTargets(attributes, [.. rows.Select(row => row.Answers)]);
    }

    public override string Name { get; }

    public override AnswerTargets Targets { get; }

    public override string NameOf(int index) => rows[index].Image;

    /// <summary>All rows of a table as one set.</summary>
    public static AttributeImages Of(string table, (IReadOnlyList<string> Attributes, IReadOnlyList<AttributeRow> Rows) content) =>
        new(table, content.Attributes, content.Rows, part: null);

    /// <summary>The rows of a table by what they are there for.</summary>
    public static ImageSplits SplitsOf(string table, (IReadOnlyList<string> Attributes, IReadOnlyList<AttributeRow> Rows) content) =>
        ImageSplits.OfTable(table, [.. content.Rows.Select(row => row.Part).Distinct()], part => part is { } one
            ? new AttributeImages(table, content.Attributes, [.. content.Rows.Where(row => row.Part == one)], one)
            : Of(table, content));

    /// <summary>What a cell says: yes, no, or nothing. "0" and "-1" are both no.</summary>
    /// <exception cref="DatasetException">It says something else.</exception>
    public static bool? Answer(string cell, string attribute, Func<string, DatasetException> refusal) => cell.ToUpperInvariant() switch
    {
        "1" or "YES" or "Y" or "TRUE" => true,
        "0" or "-1" or "NO" or "N" or "FALSE" => false,
        "" or "?" or "NA" => null,
        _ => throw refusal($"{attribute} is '{cell}'; 1 or 0, 1 or -1, yes or no, or nothing was expected"),
    };

    /// <summary>Throws unless the table has images and attributes of different names.</summary>
    public static void Check(string table, int line, IReadOnlyList<string> attributes, IReadOnlyList<AttributeRow> rows)
    {
        if (attributes.Count == 0)
            throw new DatasetException($"{table}, line {line}: no attribute found; a heading such as path,smiling,glasses was expected.");
        if (attributes.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(names => names.Count() > 1 || names.Key.Length == 0) is { } twice)
            throw new DatasetException($"{table}, line {line}: {(twice.Key.Length == 0 ? "an attribute has no name" : $"the attribute '{twice.Key}' stands twice")}.");
        if (rows.Count == 0)
            throw new DatasetException($"{table}: no image found; a row an image was expected below the names of the attributes.");
        Dictionary<string, int> seen = new(StringComparer.Ordinal);
        foreach (AttributeRow row in rows)
            if (!seen.TryAdd(row.Image, row.Line))
                throw new DatasetException($"{table}, line {row.Line}: {row.Image} stands in line {seen[row.Image]} already.");
    }

    internal override string? FileOf(int index) => rows[index].Image;

    protected override Image Decode(int index, DecodeOptions options) => ImageReader.LoadListed(rows[index].Image, options);

    protected override Image DecodeFitted(int index, FeatureOptions features) => ImageReader.ReadListed(rows[index].Image, features, table, rows[index].Line);
}
