using ImageSig.Cli.Display;
using ImageSig.NN;

namespace ImageSig.Cli.Json;

/// <summary>What <c>evaluate --json</c> prints.</summary>
internal static class EvaluationJson
{
    public static JsonMembers Of(Evaluation evaluation)
    {
        ConfusionMatrix confusion = evaluation.Confusion;
        IEnumerable<int> labels = Sequences.Range(0, confusion.Classes);
        return new(
            // Share right, mean recall of the classes that occur, share of the largest class, mean difference between confidence and the share right: 0…1.
            ("accuracy", confusion.Accuracy),
            ("balancedAccuracy", confusion.BalancedAccuracy),
            ("majorityRate", confusion.MajorityRate),
            ("calibrationError", evaluation.CalibrationError),
            // Images that were classified; those that the model would call unknown, left out where it takes every image for one of its classes.
            ("count", confusion.Count),
            ("?unknown", evaluation.Unknown),
            // In the model's order; null where there is nothing to divide by; counts, [actual][predicted].
            ("classes", labels.Select(label => OfClass(evaluation.Classes[label], ClassFigures.Of(confusion, label)))),
            ("confusion", labels.Select(actual => labels.Select(predicted => confusion[actual, predicted]))),
            ("unreadable", UnreadableJson.Of(evaluation.Unreadable)));
    }

    private static JsonMembers OfClass(string name, ClassFigures figures) =>
        new(("name", name), ("precision", Figure(figures.Precision)), ("recall", Figure(figures.Recall)), ("f1", Figure(figures.F1)), ("support", figures.Support));

    /// <summary>A figure, or null where there is nothing to divide by.</summary>
    internal static double? Figure(double value) => double.IsNaN(value) ? null : value;
}
