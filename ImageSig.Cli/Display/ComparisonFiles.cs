using System.Globalization;
using System.Text;
using ImageSig.Cli.Json;
using ImageSig.Comparison;
using ImageSig.Tensors;

namespace ImageSig.Cli.Display;

/// <summary>A comparison as files: a table for programs, one for people, a plot, and what a later run goes on from. They are written anew after every contestant, each whole.</summary>
internal static class ComparisonFiles
{
    private const string CsvHeadings = "name,images,accuracy,standard error,balanced accuracy,calibration error,parameters,bytes,multiply-adds,microseconds,training seconds,as good as best,recommended";
    private const string MarkdownBeginning = "# Comparison on ";

    /// <summary>How each of the files begins.</summary>
    public static IReadOnlyList<string> Beginnings { get; } = [CsvHeadings, MarkdownBeginning, ComparisonPlot.Beginning, ComparisonState.Beginning];

    /// <summary>The files in a folder.</summary>
    public static IReadOnlyList<string> In(string folder) => [.. ((string[])["csv", "md", "svg", "json"]).Select(ending => Path.Combine(folder, $"comparison.{ending}"))];

    /// <summary>Where the state of a comparison is.</summary>
    public static string StateIn(string folder) => In(folder)[^1];

    public static void Write(string folder, ComparisonResult result, ComparisonState state)
    {
        byte[][] files = [.. ((string[])[Csv(result), Markdown(result), ComparisonPlot.Svg(result)]).Select(Encoding.UTF8.GetBytes), state.ToBytes()];
        foreach ((string path, byte[] file) in In(folder).Zip(files))
            AtomicFile.Write(path, stream => stream.Write(file));
    }

    public static string Csv(ComparisonResult result)
    {
        StringBuilder text = new(CsvHeadings + "\n");
        foreach (ComparisonEntry entry in result.Entries)
            text.Append(CultureInfo.InvariantCulture, $"{entry.Name},{entry.Images},{entry.Accuracy:F4},{entry.StandardError:F4},{entry.BalancedAccuracy:F4},{entry.CalibrationError:F4},{entry.Parameters},{entry.Bytes},{entry.MultiplyAdds},{entry.Microseconds:F1},{entry.TrainingTime.TotalSeconds:F1},{Word(result.IsAsGoodAsBest(entry))},{Word(entry == result.Recommended)}\n");
        return text.ToString();

        static string Word(bool value) => value ? "true" : "false";
    }

    public static string Markdown(ComparisonResult result)
    {
        StringBuilder text = new($"{MarkdownBeginning}{Printable.Line(result.TestSet)}\n\n");
        string[] titles = [.. ComparisonTable.Headings.Select(heading => heading.TrimStart('>'))];
        text.Append($"| {string.Join(" | ", titles)} |\n|{string.Concat(titles.Select(_ => "---|"))}\n");
        foreach (ComparisonEntry entry in result.Entries)
            text.Append($"| {string.Join(" | ", ComparisonTable.Cells(result, entry))} |\n");
        text.Append($"\n{string.Join("\n", ComparisonTable.Conclusions(result).Select(line => $"- {Printable.Line(line)}"))}\n");
        text.Append("\n- calibration: expected error of the confidences; multiply-adds: without decoding and signatures; µs an image: from file to answer, on one thread.\n\n![accuracy and time](comparison.svg)\n");
        return text.ToString();
    }
}
