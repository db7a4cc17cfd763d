using ImageSig.Cli.Display;
using ImageSig.Reports;

namespace ImageSig.Cli.Report;

/// <summary>What other thresholds than one half would find, of two classes.</summary>
internal static class RankingSection
{
    public static void Write(HtmlWriter page, ModelReport report, PictureSheet pictures)
    {
        IReadOnlyList<string> classes = report.Evaluation!.Classes;
        if (Ranking.Of(report.Images, classes, 0) is not { } first || Ranking.Of(report.Images, classes, 1) is not { } second)
        {
            page.Add($"<p>There are pictures of one class alone, so that none can be ranked before those of the other.</p>");
            return;
        }
        page.Add($"<p>AUROC {first.Area:F4} ± {first.AreaError:F4}: the chance that a picture of <bdi>{first.Class}</bdi> gets a higher probability of it than one of <bdi>{second.Class}</bdi>. Average precision: {first.AveragePrecision:F4} for <bdi>{first.Class}</bdi>, {second.AveragePrecision:F4} for <bdi>{second.Class}</bdi>.</p><div class=\"plots\">");
        Plot.OfShares($"ROC curve: share of {first.Class} found, over the share of {second.Class} taken for it", "false alarms")
            .Rule(0, 0, 1, 1, "chance")
            .Line(new PlotLine($"{first.Class}, AUROC {Quantity.Fraction(first.Area)}", [.. first.Found.Select(point => (point.FalseAlarms, point.Recall))])).Write(page);
        Plot precision = Plot.OfShares("Precision over recall", "recall");
        foreach (Ranking ranking in (Ranking[])[first, second])
            precision.Line(new PlotLine($"{ranking.Class}, AP {Quantity.Fraction(ranking.AveragePrecision)}", [.. ranking.Found.Select(point => (point.Recall, point.Precision))]));
        precision.Write(page);
        page.Add($"</div>");
    }
}
