using System.Text.Json.Serialization;
using ImageSig.NN;

namespace ImageSig.Cli.Json;

/// <summary>What <c>evaluate --json</c> prints.</summary>
/// <param name="Accuracy">Share right, 0…1.</param>
/// <param name="BalancedAccuracy">Mean recall of the classes that occur.</param>
/// <param name="MajorityRate">Share of the largest class.</param>
/// <param name="CalibrationError">Mean difference between confidence and the share right, 0…1.</param>
/// <param name="Unknown">Images that the model would call unknown; left out where it takes every image for one of its classes.</param>
/// <param name="Count">Images that were classified.</param>
/// <param name="Classes">In the model's order.</param>
/// <param name="Confusion">Counts, [actual][predicted].</param>
/// <param name="Unreadable">Files that are not in any figure.</param>
internal sealed record EvaluationJson(
    double Accuracy, double BalancedAccuracy, double MajorityRate, double CalibrationError, int Count, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Unknown,
    IReadOnlyList<ClassJson> Classes, IReadOnlyList<int[]> Confusion, IReadOnlyList<UnreadableImage> Unreadable)
{
    public static EvaluationJson Of(Evaluation evaluation)
    {
        ConfusionMatrix confusion = evaluation.Confusion;
        int[] labels = [.. Enumerable.Range(0, confusion.Classes)];
        return new EvaluationJson(
            confusion.Accuracy, confusion.BalancedAccuracy, confusion.MajorityRate, evaluation.CalibrationError, confusion.Count, evaluation.Unknown,
            [.. labels.Select(label => new ClassJson(
                evaluation.Classes[label], confusion.Precision(label), confusion.Recall(label), confusion.F1(label), confusion.Support(label)))],
            [.. labels.Select(actual => labels.Select(predicted => confusion[actual, predicted]).ToArray())],
            evaluation.Unreadable);
    }
}

/// <summary>The figures of one class.</summary>
internal sealed record ClassJson(string Name, double Precision, double Recall, double F1, int Support);
