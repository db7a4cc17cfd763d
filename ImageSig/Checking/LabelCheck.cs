using System.Globalization;

namespace ImageSig.Checking;

/// <summary>Labels that are likely wrong: where models that never saw a picture are as sure of another class as they are of most of that class's own pictures.</summary>
/// <remarks>The idea is that of confident learning (Northcutt, Jiang, Chuang: "Confident learning: estimating uncertainty in dataset labels", 2021), whose threshold of a class is the
/// mean probability that its own pictures are given; here it is the probability that four in five of them are given. Of 20 wrong labels that finds 18 to 20, where the mean
/// finds 15 to 19 (docs/datasets.md). Without thresholds a class that is hard for the model would be suspected as a whole.</remarks>
internal static class LabelCheck
{
    /// <summary>Models on the other four fifths judge a fifth.</summary>
    public const int Folds = 5;

    /// <summary>Of a class's own pictures, the share that may be given less than its threshold: those that are wrong themselves, or hard.</summary>
    private const double Doubtful = 0.2;

    /// <summary>Whether there are labels to judge: of two classes at least, for a picture is suspected of being of another one.</summary>
    public static bool IsPossible(ImageSet set) => Sizes(set).Count(size => size.Count >= Folds) > 1;

    /// <summary>Which labels cannot be judged, and why, in a line; null where all can.</summary>
    public static string? Lack(ImageSet set)
    {
        const int Named = 3;
        int[] few = [.. Sizes(set).Where(size => size.Count < Folds).Select(size => size.Label)];
        if (!IsPossible(set))
            return $"{set.Name}: no label is judged, for that takes two classes of {Folds} images or more; add images.";
        return few.Length == 0 ? null
            : $"{string.Join(", ", few.Take(Named).Select(set.NameOfClass))}{(few.Length > Named ? $" and {few.Length - Named} more" : "")}: fewer than {Folds} images, too few to look for wrong labels among them; they are not judged, the other classes are. Add images.";
    }

    private static IEnumerable<(int Label, int Count)> Sizes(ImageSet set) => set.ToClasses().Labels.GroupBy(label => label).Select(members => (members.Key, members.Count()));

    /// <summary>The findings, the surest first.</summary>
    /// <param name="first">Where the set begins in <see cref="DataCheck.Images"/>.</param>
    /// <param name="labels">The class of each image of the set.</param>
    /// <param name="judged">What models say that did not see them.</param>
    public static IReadOnlyList<CheckFinding> Of(int first, IReadOnlyList<int> labels, CrossValidation judged)
    {
        float[] thresholds = [.. Sequences.Range(0, judged.Classes.Count).Select(Threshold)];
        List<(double Margin, CheckFinding Finding)> suspects = [];
        for (int i = 0; i < labels.Count; i++)
        {
            if (judged.Answers[i] is not { } answer || answer.LabelIndex == labels[i] || answer.Confidence < thresholds[answer.LabelIndex])
                continue;
            float given = answer.Probabilities[labels[i]].Probability;
            string detail = string.Create(CultureInfo.InvariantCulture, $"looks like {answer.Label} ({100 * answer.Confidence:F0} %), not {judged.Classes[labels[i]]} ({100 * given:F0} %)");
            suspects.Add((answer.Confidence - given, new CheckFinding(CheckKind.Label, [first + i], detail)));
        }
        return [.. suspects.OrderByDescending(suspect => suspect.Margin).Select(suspect => suspect.Finding)];

        float Threshold(int label)
        {
            float[] own = [.. Sequences.Range(0, labels.Count).Where(i => labels[i] == label && judged.Answers[i] is not null).Select(i => judged.Answers[i]!.Probabilities[label].Probability).Order()];
            return own.Length == 0 ? float.PositiveInfinity : own[Math.Min(own.Length - 1, (int)Math.Ceiling(Doubtful * own.Length))];
        }
    }
}
