using ImageSig.Comparison;

namespace ImageSig.Cli.Display;

/// <summary>A comparison as a table and a recommendation.</summary>
internal static class ComparisonTable
{
    /// <summary>The columns, in the words of all tables.</summary>
    public static IReadOnlyList<string> Headings { get; } =
        ["model", ">accuracy", ">± error", ">balanced", ">calibration", ">parameters", ">size", ">multiply-adds", ">µs an image", ">training", ""];

    /// <summary>One row, in the order of the headings.</summary>
    public static string[] Cells(ComparisonResult result, ComparisonEntry entry) =>
    [
        entry.Name, Quantity.Percent(entry.Accuracy), Quantity.Percent(entry.StandardError), Quantity.Percent(entry.BalancedAccuracy), Quantity.Fraction(entry.CalibrationError),
        Quantity.Count(entry.Parameters), Quantity.Size(entry.Bytes), Quantity.Count(entry.MultiplyAdds), Quantity.Count((long)Math.Round(entry.Microseconds)),
        Quantity.Time(entry.TrainingTime), Note(result, entry),
    ];

    public static void Write(TextWriter output, ComparisonResult result)
    {
        output.WriteLine($"On {result.TestSet}:");
        TextTable table = new([.. Headings]);
        foreach (ComparisonEntry entry in result.Entries)
            table.Add(Cells(result, entry));
        table.Write(output);
        output.WriteLine();
        foreach (string line in Conclusions(result))
            output.WriteLine(line);
    }

    /// <summary>What is left out, and what to take.</summary>
    public static IEnumerable<string> Conclusions(ComparisonResult result)
    {
        foreach ((string name, string reason) in result.LeftOut)
            yield return $"Left out: {name}, {reason.TrimEnd('.')}.";
        if (result.Best is not { } best)
            yield break;
        if (result.TooFewImages is { } images)
            yield return $"Only {images} test image{(images == 1 ? "" : "s")}, which says little: keep 30 or more for the test, better some hundreds.";
        string[] equal = [.. result.Entries.Where(result.IsAsGoodAsBest).Select(entry => entry.Name)];
        yield return equal.Length == 1
            ? $"{best.Name} is the most accurate, and no other is within one standard error ({Quantity.Percent(best.StandardError)}) of it."
            : $"{best.Name} is the most accurate; within one standard error ({Quantity.Percent(best.StandardError)}) of it: {string.Join(", ", equal)}.";
        if (result.Recommended is not { } recommended)
            yield return "No network was compared, so that there is none to take.";
        else if (result.Baseline is { } baseline)
            yield return $"No network is better than the baseline {baseline.Name} by more than one standard error; of those trained take {recommended.Name}: {recommended.Description}.";
        else
            yield return $"Take {recommended.Name}{(equal.Length == 1 ? "" : $", {Speed(result, recommended)}")}: {recommended.Description}.";
    }

    private static string Speed(ComparisonResult result, ComparisonEntry recommended) =>
        result.Entries.Where(result.IsAsGoodAsBest).All(entry => entry.Microseconds >= recommended.Microseconds) ? "the fastest of them" : "nearly as fast as the fastest of them, with less arithmetic";

    private static string Note(ComparisonResult result, ComparisonEntry entry) =>
        entry == result.Recommended ? "take this" : result.IsAsGoodAsBest(entry) ? "as good" : result.IsOnFrontier(entry) ? "faster" : "";
}
