using System.Globalization;
using System.Text;
using ImageSig.Tensors;

namespace ImageSig.Sweeping;

/// <summary>The rows of a sweep as a table (CSV), in the order of its trainings: what is done is not done again, and shards become one file.</summary>
/// <param name="names">Of what is varied.</param>
/// <param name="stamp">Of what all trainings have in common; a file with another stamp is of another sweep.</param>
internal sealed class SweepFile(IReadOnlyList<string> names, string stamp)
{
    /// <summary>How every such file begins.</summary>
    public const string Beginning = "sweep,";

    private static readonly string[] Figures = ["seed", "images", "accuracy", "balanced accuracy", "parameters", "bytes", "epochs", "chosen epoch"];

    private string[] Heading => ["sweep", .. names, .. Figures];

    /// <summary>The rows in a file; none where there is no file.</summary>
    /// <exception cref="DatasetException">It is something else, or of another sweep.</exception>
    public IReadOnlyList<SweepRow> Read(string path)
    {
        if (!File.Exists(path) || new FileInfo(path).Length == 0)
            return [];
        List<SweepRow> rows = [];
        bool first = true;
        foreach (DelimitedRow line in DelimitedText.Read(path))
        {
            if (first ? !line.Fields.SequenceEqual(Heading) : line.Fields.Count == Heading.Length && line.Fields[0] != stamp)
                throw new DatasetException($"{path}, line {line.Line}: this is of another sweep, with other options or other images; choose another file, or remove it.");
            if (!first)
                rows.Add(Parse(line) ?? throw new DatasetException($"{path}, line {line.Line}: a row of a sweep has {Heading.Length} fields with numbers; remove the line, and it is trained anew."));
            first = false;
        }
        return rows;
    }

    /// <summary>Writes all rows; the same rows give the same bytes.</summary>
    public void Write(string path, IEnumerable<SweepRow> rows)
    {
        StringBuilder text = new();
        Add(Heading);
        foreach (SweepRow row in rows)
            Add([stamp, .. row.Values, Number(row.Seed), Number(row.Images), Share(row.Accuracy), Share(row.BalancedAccuracy), Number(row.Parameters), Number(row.Bytes), Number(row.Epochs), Number(row.ChosenEpoch)]);
        AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text.ToString())));

        void Add(IEnumerable<string> fields) => text.Append(string.Join(',', fields.Select(DelimitedText.Field))).Append('\n');
    }

    private SweepRow? Parse(DelimitedRow line)
    {
        string[] fields = [.. line.Fields];
        if (fields.Length != Heading.Length)
            return null;
        string[] figures = fields[(1 + names.Count)..];
        return ulong.TryParse(figures[0], NumberStyles.None, CultureInfo.InvariantCulture, out ulong seed)
            && int.TryParse(figures[1], NumberStyles.None, CultureInfo.InvariantCulture, out int images)
            && double.TryParse(figures[2], NumberStyles.Float, CultureInfo.InvariantCulture, out double accuracy)
            && double.TryParse(figures[3], NumberStyles.Float, CultureInfo.InvariantCulture, out double balanced)
            && long.TryParse(figures[4], NumberStyles.None, CultureInfo.InvariantCulture, out long parameters)
            && long.TryParse(figures[5], NumberStyles.None, CultureInfo.InvariantCulture, out long bytes)
            && int.TryParse(figures[6], NumberStyles.None, CultureInfo.InvariantCulture, out int epochs)
            && int.TryParse(figures[7], NumberStyles.None, CultureInfo.InvariantCulture, out int chosen)
            ? new SweepRow(fields[1..(1 + names.Count)], seed, images, accuracy, balanced, parameters, bytes, epochs, chosen)
            : null;
    }

    private static string Number(IFormattable number) => number.ToString(null, CultureInfo.InvariantCulture);

    // All digits, so that figures of rows that were read are those of rows that were made.
    private static string Share(double share) => share.ToString("R", CultureInfo.InvariantCulture);
}
