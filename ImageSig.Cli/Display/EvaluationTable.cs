using System.Globalization;
using ImageSig.NN;

namespace ImageSig.Cli.Display;

/// <summary>How well a model does, as tables: overall figures, figures per class, the confusion matrix.</summary>
internal static class EvaluationTable
{
    public static void Write(TextWriter output, Evaluation evaluation)
    {
        if (evaluation.Attributes is { } attributes)
        {
            AttributeTable.Write(output, attributes);
            return;
        }
        ConfusionMatrix confusion = evaluation.Confusion;
        TextTable overall = new("", ">");
        overall.Add("accuracy", Quantity.Percent(confusion.Accuracy));
        overall.Add("balanced accuracy", Quantity.Percent(confusion.BalancedAccuracy));
        overall.Add("majority rate", Quantity.Percent(confusion.MajorityRate));
        overall.Add("calibration error", Quantity.Percent(evaluation.CalibrationError));
        if (evaluation.Unknown is { } unknown)
            overall.Add("unknown", Quantity.Percent((double)unknown / confusion.Count));
        overall.Write(output);
        output.WriteLine();

        TextTable classes = new("class", ">precision", ">recall", ">F1", ">support");
        for (int label = 0; label < confusion.Classes; label++)
        {
            ClassFigures figures = ClassFigures.Of(confusion, label);
            classes.Add(evaluation.Classes[label], Quantity.Fraction(figures.Precision), Quantity.Fraction(figures.Recall), Quantity.Fraction(figures.F1), Quantity.Count(figures.Support));
        }
        classes.Write(output);
        output.WriteLine();

        TextTable matrix = new(["actual \\ predicted", .. evaluation.Classes.Select(name => $">{name}")]);
        for (int actual = 0; actual < confusion.Classes; actual++)
            matrix.Add([evaluation.Classes[actual], .. Sequences.Range(0, confusion.Classes).Select(predicted =>
                confusion[actual, predicted].ToString(CultureInfo.InvariantCulture))]);
        matrix.Write(output);
    }

    /// <summary>The stages that took time, in one line.</summary>
    public static string Describe(StageTimes times)
    {
        (string Stage, TimeSpan Time)[] stages = [("decode", times.Decode), ("features", times.Features), ("train", times.Train), ("model", times.Model)];
        return string.Join(", ", stages.Where(stage => stage.Time > TimeSpan.Zero).Select(stage => $"{stage.Stage} {Quantity.Time(stage.Time)}"));
    }
}
