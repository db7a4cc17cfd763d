using ImageSig.Checking;

namespace ImageSig.Cli.Display;

/// <summary>What a training says of its pictures: one line for each kind of finding.</summary>
internal static class DataWarnings
{
    /// <summary>How many lines are read.</summary>
    public const int Most = 5;

    private const int Named = 3;

    /// <summary>The lines, the worst first.</summary>
    /// <param name="outcome">What came of the training.</param>
    /// <param name="judged">What it was judged by; null for nothing.</param>
    public static IEnumerable<string> Of(TrainingOutcome outcome, Evaluation? judged)
    {
        string[] lonely = outcome.Classifier.HasAttributes
            ? []
            : [.. outcome.Classifier.Classes.Zip(outcome.Classifier.Training.TrainingImages).Where(pair => pair.Second == 1).Select(pair => pair.First)];
        if (lonely.Length > 0)
            yield return $"{List(lonely)}: {(lonely.Length == 1 ? "this class has" : "these classes have")} a single picture to train on; answers about {(lonely.Length == 1 ? "it" : "them")} are guesses.";
        if (!outcome.Classifier.HasAttributes && outcome.Classifier.Classes.GroupBy(name => name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(names => names.Count() > 1) is { } alike)
            yield return $"{List([.. alike])}: these classes differ in upper and lower case alone; if they are one, give them one name.";
        if (outcome.WithOneAnswer is { Count: > 0 } same)
            yield return $"{List(same)}: no two training images have different answers{(same.Count == 1 ? "" : " to one of them")}; nothing can be learned of {(same.Count == 1 ? "it" : "them")}.";
        foreach (QuickFinding finding in outcome.Findings.Where(finding => finding.Kind == CheckKind.TwoLabels))
            yield return Line(finding);
        if (judged is not null && outcome.SeenInTraining(judged) is { } seen)
            yield return $"{Pictures(seen.Count)} reported on, and trained on too: {seen.First} is {seen.Twin}{(seen.Count > 1 ? ", the first" : "")}; the figures say little of other pictures.";
        foreach (QuickFinding finding in outcome.Findings.Where(finding => finding.Kind != CheckKind.TwoLabels))
            yield return Line(finding);
    }

    private static string Line(QuickFinding finding) => finding switch
    {
        { Kind: CheckKind.TwoLabels } => $"{Pictures(finding.Count)} under two labels: {finding.First} and {finding.Twin}{(finding.Count > 1 ? " are the first" : "")}.",
        { Twin: { } twin } => $"{Pictures(finding.Count)} in the training set before: {finding.First} is {twin}{(finding.Count > 1 ? ", the first" : "")}; one copy is enough.",
        _ => $"{Pictures(finding.Count)} {CheckWords.Of(finding.Kind).Told}: {finding.First}{(finding.Count > 1 ? " is the first" : "")}; 'imagesig check' shows them all.",
    };

    private static string List(IReadOnlyList<string> names) => $"{string.Join(", ", names.Take(Named))}{(names.Count > Named ? $" and {Quantity.Count(names.Count - Named)} more" : "")}";

    private static string Pictures(int count) => count == 1 ? "1 picture is" : $"{Quantity.Count(count)} pictures are";
}
