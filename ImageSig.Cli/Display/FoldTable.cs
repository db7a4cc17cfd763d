namespace ImageSig.Cli.Display;

/// <summary>A cross-validation: each fold, their mean and deviation, and all answers together.</summary>
internal static class FoldTable
{
    public static void Write(TextWriter output, CrossValidation judged, string set)
    {
        output.WriteLine($"{judged.Folds.Count} folds of {Quantity.Count(judged.All.Count)} images of {set}, each judged by a model that was trained on the others:");
        TextTable table = new("fold", ">images", ">accuracy", ">balanced", ">epoch");
        foreach ((Fold fold, int index) in judged.Folds.Select((fold, index) => (fold, index)))
            table.Add(
                $"{index + 1}", Quantity.Count(fold.Confusion.Count), Quantity.Percent(fold.Confusion.Accuracy), Quantity.Percent(fold.Confusion.BalancedAccuracy),
                $"{fold.ChosenEpoch} of {fold.Epochs}");
        table.Add("mean", "", Quantity.Percent(judged.Accuracy), Quantity.Percent(judged.BalancedAccuracy), "");
        table.Add("deviation", "", Quantity.Percent(judged.Deviation), Quantity.Percent(judged.BalancedDeviation), "");
        table.Write(output);
        output.WriteLine();
        output.WriteLine("All answers together:");
        EvaluationTable.Write(output, judged.All);
    }
}
