using System.Globalization;

namespace ImageSig.Cli.Display;

/// <summary>How a model answers, beyond its scores, as rows of a table: how sure it sounds, and what it does not know.</summary>
internal static class AnswerLines
{
    public static IReadOnlyList<(string Name, string Text)> Of(ImageClassifier classifier)
    {
        TrainingReport training = classifier.Training;
        List<(string, string)> lines = [];
        if (classifier.HasAttributes)
            return lines;
        if (training is { CalibrationErrorBefore: { } before, CalibrationErrorAfter: { } after })
            lines.Add(("confidence", string.Create(CultureInfo.InvariantCulture,
                $"temperature {classifier.Temperature:F2}; calibration error on the validation images {Quantity.Percent(before)} before, {Quantity.Percent(after)} after")));
        else
            lines.Add(("confidence", $"not calibrated, with {Quantity.Count(training.ValidationTotal)} validation images; {AnswerFit.MinImages} are needed"));
        if (classifier.Rules.Familiarity is not null)
            lines.Add(("unknown", "images farther from all classes than 95 % of the validation images"));
        string[] negatives = [.. classifier.Classes.Where(NegativeClass.Is).Select(name => $"'{name}'")];
        if (negatives.Length > 0)
            lines.Add((lines.Count == 1 ? "unknown" : "", $"images of the {(negatives.Length == 1 ? "class" : "classes")} {string.Join(" and ", negatives)}"));
        return lines;
    }
}
