using ImageSig.Cli.Display;
using ImageSig.NN;
using ImageSig.Reports;

namespace ImageSig.Cli.Report;

/// <summary>How well the model does, overall and class by class, each figure with its standard error.</summary>
internal static class FiguresSection
{
    public static void Write(HtmlWriter page, ModelReport report, PictureSheet pictures)
    {
        Evaluation evaluation = report.Evaluation!;
        ConfusionMatrix confusion = evaluation.Confusion;
        page.Add($"<dl class=\"figures\">");
        Figure("accuracy", WithError(confusion.Accuracy, StandardErrors.OfShare(confusion.Accuracy, confusion.Count)));
        Figure("balanced accuracy", WithError(confusion.BalancedAccuracy, StandardErrors.OfBalancedAccuracy(confusion)));
        Figure("always the largest class", Quantity.Percent(confusion.MajorityRate));
        Figure("calibration error", Quantity.Percent(evaluation.CalibrationError));
        if (evaluation.Unknown is { } unknown)
            Figure("answered unknown", Quantity.Percent((double)unknown / confusion.Count));
        page.Add($"</dl>");
        page.Add($"<p>± is one standard error: what other pictures of the same kind would change. Balanced accuracy is the mean recall of the classes, which a guess of the largest class does not raise.</p>");
        page.Add($"<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"Figures of the classes\"><table><thead><tr><th scope=\"col\">class</th><th scope=\"col\">precision</th><th scope=\"col\">recall</th><th scope=\"col\">F1</th><th scope=\"col\">pictures</th></tr></thead><tbody>");
        for (int label = 0; label < confusion.Classes; label++)
        {
            string precision = WithError(confusion.Precision(label), StandardErrors.OfShare(confusion.Precision(label), confusion.Predicted(label)));
            string recall = WithError(confusion.Recall(label), StandardErrors.OfShare(confusion.Recall(label), confusion.Support(label)));
            string f1 = WithError(confusion.F1(label), StandardErrors.OfF1(confusion, label));
            page.Add($"<tr><th scope=\"row\"><bdi>{evaluation.Classes[label]}</bdi></th><td>{precision}</td><td>{recall}</td><td>{f1}</td><td>{Quantity.Count(confusion.Support(label))}</td></tr>");
        }
        page.Add($"</tbody></table></div>");
        page.Add($"<p>Precision: the share right of what is taken for the class. Recall: the share of the class that is found. F1 is high where both are.</p>");

        void Figure(string name, string value) => page.Add($"<div><dt>{name}</dt><dd>{value}</dd></div>");
    }

    /// <summary>A share and its standard error: <c>91.3 % ± 1.1</c>; a dash where there is nothing to divide by.</summary>
    public static string WithError(double share, double error) =>
        double.IsNaN(share) || double.IsNaN(error) ? "-" : FormattableString.Invariant($"{Quantity.Percent(share)} ± {100 * error:F1}");
}
