using ImageSig.Cli.Arguments;
using ImageSig.Sweeping;

namespace ImageSig.Cli.Display;

/// <summary>A sweep as a table, and which combinations are as good as the best.</summary>
internal static class SweepTable
{
    private const int Named = 5;

    /// <summary>Writes it.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="judgedOn">In words.</param>
    /// <param name="variations">What is varied.</param>
    /// <param name="groups">At least one.</param>
    /// <param name="paper">The table of the paper that is beside ours, or null.</param>
    public static void Write(TextWriter output, string judgedOn, IReadOnlyList<Variation> variations, IReadOnlyList<SweepGroup> groups, PaperTable? paper)
    {
        output.WriteLine($"On {judgedOn}:");
        string[] ofPaper = paper is null ? [] : [">the paper's", ">parameters"];
        TextTable table = new([.. variations.Select(variation => $">{variation.Name}"), ">seeds", ">accuracy", ">± error", ">balanced", ">parameters", ">size", .. ofPaper]);
        foreach (SweepGroup group in groups)
            table.Add([
                .. group.Values, Quantity.Count(group.Rows.Count), Quantity.Percent(group.Accuracy), Quantity.Percent(group.StandardError), Quantity.Percent(group.BalancedAccuracy),
                Quantity.Count(group.Rows[0].Parameters), Quantity.Size(group.Rows[0].Bytes), .. paper is null ? [] : Cells(paper.Of(group.Values)),
            ]);
        table.Write(output);
        output.WriteLine();
        output.WriteLine(groups.Any(group => group.Rows.Count > 1)
            ? "± error: one standard error of the mean over the seeds, on these images; other images would change it more."
            : "± error: one standard error of a share of these images; --seeds says what chance in training changes.");
        if (variations.Count > 0 && groups.Count > 1)
            output.WriteLine(Conclusion(variations, groups));
        if (paper is not null)
            output.WriteLine("The paper's figures are of its own images, which are not public; - is not known here.");
    }

    private static string Conclusion(IReadOnlyList<Variation> variations, IReadOnlyList<SweepGroup> groups)
    {
        SweepGroup best = groups.MaxBy(group => group.Accuracy)!;
        SweepGroup[] equal = [.. groups.Where(group => group != best && group.Accuracy >= best.Accuracy - best.StandardError)];
        string others = equal.Length == 0
            ? "no other is within one standard error of it"
            : $"within one standard error of it: {string.Join("; ", equal.Take(Named).Select(Text))}{(equal.Length > Named ? $"; and {Quantity.Count(equal.Length - Named)} more" : "")}";
        return $"Best: {Text(best)}; {others}.";

        string Text(SweepGroup group) => string.Join(" ", variations.Zip(group.Values).Select(pair => $"{pair.First.Name} {pair.Second}"));
    }

    private static string[] Cells(PaperFigures figures) =>
        [Quantity.Percent(figures.Accuracy ?? double.NaN), figures.Parameters is { } parameters ? Quantity.Count(parameters) : "-"];
}
