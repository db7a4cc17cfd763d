using System.Text.Json.Serialization;

namespace ImageSig.Cli.Json;

/// <summary>What <c>train --json</c> prints: of the folds where there are some, of the model where one was written.</summary>
internal sealed record TrainJson(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] FoldsJson? Folds,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] TrainedJson? Model);

/// <summary>A model that was trained.</summary>
/// <param name="File">Where it is.</param>
/// <param name="Architecture">Its name.</param>
/// <param name="Parameters">Numbers learned.</param>
/// <param name="Bytes">Of the file.</param>
/// <param name="Epochs">That ran.</param>
/// <param name="ChosenEpoch">Whose weights it has.</param>
/// <param name="TrainingImages">Without copies.</param>
/// <param name="JudgedOn">The test set; "validation" where there is none, and null where nothing was judged.</param>
/// <param name="Evaluation">Of classes.</param>
/// <param name="Attributes">Of attributes, in place of classes.</param>
internal sealed record TrainedJson(
    string File, string Architecture, long Parameters, long Bytes, int Epochs, int ChosenEpoch, int TrainingImages, string? JudgedOn,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] EvaluationJson? Evaluation,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] AttributesJson? Attributes)
{
    public static TrainedJson Of(TrainingOutcome outcome, string path, Evaluation? test, string? testSet)
    {
        Evaluation? judged = test ?? outcome.Validation;
        return new TrainedJson(
            path, outcome.Classifier.Model.Spec.Name, outcome.Classifier.Model.ParameterCount, new FileInfo(path).Length, outcome.Summary.Epochs.Count, outcome.Summary.ChosenEpoch,
            outcome.Classifier.Training.TrainingTotal, test is not null ? testSet : judged is null ? null : "validation",
            judged is { Attributes: null } ? EvaluationJson.Of(judged) : null, judged is { Attributes: not null } ? AttributesJson.Of(judged) : null);
    }
}

/// <summary>A cross-validation.</summary>
/// <param name="Accuracy">Mean over the folds.</param>
/// <param name="Deviation">Of the folds' accuracies.</param>
/// <param name="BalancedAccuracy">Mean over the folds.</param>
/// <param name="BalancedDeviation">Of the folds' balanced accuracies.</param>
/// <param name="Folds">Each.</param>
/// <param name="All">All answers together.</param>
internal sealed record FoldsJson(
    double Accuracy, double Deviation, double BalancedAccuracy, double BalancedDeviation, IReadOnlyList<FoldJson> Folds, EvaluationJson All)
{
    public static FoldsJson Of(CrossValidation judged) => new(
        judged.Accuracy, judged.Deviation, judged.BalancedAccuracy, judged.BalancedDeviation,
        [.. judged.Folds.Select(fold => new FoldJson(fold.Confusion.Count, fold.Confusion.Accuracy, fold.Confusion.BalancedAccuracy, fold.ChosenEpoch, fold.Epochs))], EvaluationJson.Of(judged.All));
}

/// <summary>One fold.</summary>
internal sealed record FoldJson(int Images, double Accuracy, double BalancedAccuracy, int ChosenEpoch, int Epochs);
