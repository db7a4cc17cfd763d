using ImageSig.Cli.Display;
using ImageSig.NN;
using ImageSig.Reports;

namespace ImageSig.Cli.Report;

/// <summary>Loss and accuracy, epoch by epoch.</summary>
internal static class CurvesSection
{
    private const string Kept = "kept";

    public static void Write(HtmlWriter page, ModelReport report, PictureSheet pictures)
    {
        TrainingSummary history = report.History!;
        IReadOnlyList<EpochRecord> epochs = history.Epochs;
        (double, double) range = (1, Math.Max(2, epochs.Count));
        double[] losses = [.. epochs.Select(epoch => epoch.TrainLoss), .. epochs.Select(epoch => epoch.ValidationLoss).OfType<double>()];
        double top = losses.Max() is > 0 and double loss ? loss : 1;
        page.Add($"<p>Epoch {history.ChosenEpoch} of {epochs.Count} was chosen; the upright line marks it.</p><div class=\"plots\">");
        Plot lossPlot = new("Loss", "epoch", range, (0, top), percent: false);
        lossPlot.Rule(history.ChosenEpoch, 0, history.ChosenEpoch, top, Kept).Line(Of("training", epoch => epoch.TrainLoss));
        if (epochs[0].ValidationLoss is not null)
            lossPlot.Line(Of("validation", epoch => epoch.ValidationLoss));
        lossPlot.Write(page);
        if (epochs[0].ValidationAccuracy is not null)
            new Plot("Accuracy on the validation pictures", "epoch", range, (0, 1), percent: true)
                .Rule(history.ChosenEpoch, 0, history.ChosenEpoch, 1, Kept)
                .Line(Of("accuracy", epoch => epoch.ValidationAccuracy)).Line(Of("balanced accuracy", epoch => epoch.ValidationBalancedAccuracy)).Write(page);
        page.Add($"</div>");
        WriteTable(page, history);

        PlotLine Of(string name, Func<EpochRecord, double?> value) =>
            new(name, [.. epochs.Where(epoch => value(epoch) is not null).Select(epoch => ((double)epoch.Epoch, value(epoch)!.Value))]);
    }

    private static void WriteTable(HtmlWriter page, TrainingSummary history)
    {
        page.Add($"<details><summary>The same as a table</summary><div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"Epochs\"><table><thead><tr><th scope=\"col\">epoch</th><th scope=\"col\">training loss</th><th scope=\"col\">validation loss</th><th scope=\"col\">accuracy</th><th scope=\"col\">balanced</th></tr></thead><tbody>");
        foreach (EpochRecord epoch in history.Epochs)
            page.Add($"<tr{Markup.If(epoch.Epoch == history.ChosenEpoch, " class=\"chosen\"")}><th scope=\"row\">{epoch.Epoch}</th><td>{epoch.TrainLoss:F4}</td><td>{Loss(epoch.ValidationLoss)}</td><td>{Quantity.Percent(epoch.ValidationAccuracy ?? double.NaN)}</td><td>{Quantity.Percent(epoch.ValidationBalancedAccuracy ?? double.NaN)}</td></tr>");
        page.Add($"</tbody></table></div></details>");
    }

    private static string Loss(double? loss) => loss is { } value ? FormattableString.Invariant($"{value:F4}") : "-";
}
