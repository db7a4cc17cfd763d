namespace ImageSig.Cli.Json;

/// <summary>What <c>train --json</c> prints: of the folds where there are some, of the model where one was written.</summary>
internal static class TrainJson
{
    public static JsonMembers Of(JsonMembers? folds, JsonMembers? model) => new(("?folds", folds), ("?model", model));

    /// <summary>A model that was trained, and what it was judged on: the test set, "validation" where there is none, null where nothing was judged.</summary>
    public static JsonMembers Model(TrainingOutcome outcome, string path, Evaluation? test, string? testSet)
    {
        Evaluation? judged = test ?? outcome.Validation;
        return new(
            ("file", path), ("architecture", outcome.Classifier.Model.Spec.Name), ("parameters", outcome.Classifier.Model.ParameterCount), ("bytes", new FileInfo(path).Length),
            // Epochs that ran, and the one whose weights it has.
            ("epochs", outcome.Summary.Epochs.Count), ("chosenEpoch", outcome.Summary.ChosenEpoch),
            // Without copies.
            ("trainingImages", outcome.Classifier.Training.TrainingTotal),
            ("judgedOn", test is not null ? testSet : judged is null ? null : "validation"),
            // Of classes, or of attributes.
            ("?evaluation", judged is { Attributes: null } ? EvaluationJson.Of(judged) : null), ("?attributes", judged is { Attributes: not null } ? AttributesJson.Of(judged) : null));
    }

    /// <summary>A cross-validation: means over the folds and their deviations, each fold, and all answers together.</summary>
    public static JsonMembers Folds(CrossValidation judged) => new(
        ("accuracy", judged.Accuracy), ("deviation", judged.Deviation), ("balancedAccuracy", judged.BalancedAccuracy), ("balancedDeviation", judged.BalancedDeviation),
        ("folds", judged.Folds.Select(fold => new JsonMembers(
            ("images", fold.Confusion.Count), ("accuracy", fold.Confusion.Accuracy), ("balancedAccuracy", fold.Confusion.BalancedAccuracy),
            ("chosenEpoch", fold.ChosenEpoch), ("epochs", fold.Epochs)))),
        ("all", EvaluationJson.Of(judged.All)));
}
