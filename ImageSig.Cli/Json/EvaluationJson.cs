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
            // In the model's order; counts, [actual][predicted].
            ("classes", labels.Select(label => new JsonMembers(
                ("name", evaluation.Classes[label]), ("precision", confusion.Precision(label)), ("recall", confusion.Recall(label)), ("f1", confusion.F1(label)),
                ("support", confusion.Support(label))))),
            ("confusion", labels.Select(actual => labels.Select(predicted => confusion[actual, predicted]))),
            ("unreadable", UnreadableJson.Of(evaluation.Unreadable)));
    }
}
