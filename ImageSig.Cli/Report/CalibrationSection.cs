using ImageSig.Cli.Display;
using ImageSig.Reports;

namespace ImageSig.Cli.Report;

/// <summary>Whether confidences are right as often as they say.</summary>
internal static class CalibrationSection
{
    public static void Write(HtmlWriter page, ModelReport report, PictureSheet pictures)
    {
        Evaluation evaluation = report.Evaluation!;
        CalibrationBin[] bins = [.. evaluation.Reliability.Where(bin => bin.Count > 0)];
        page.Add($"<p>Answers by how sure they sound: of those at 80 %, 80 in 100 should be right, and the bar should end at the diagonal. Above it the model is too modest, below too sure. Upright lines are one standard error. Expected calibration error: {Quantity.Percent(evaluation.CalibrationError)}.</p><div class=\"plots\">");
        Plot plot = Plot.OfShares("Share right by confidence", "confidence");
        foreach (CalibrationBin bin in bins)
            plot.Bar(bin.From, bin.To, bin.ShareRight, StandardErrors.OfShare(bin.ShareRight, bin.Count));
        plot.Rule(0, 0, 1, 1, "as sure as right").Write(page);
        page.Add($"<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"Share right by confidence\"><table><thead><tr><th scope=\"col\">confidence</th><th scope=\"col\">mean</th><th scope=\"col\">right</th><th scope=\"col\">answers</th></tr></thead><tbody>");
        foreach (CalibrationBin bin in bins)
            page.Add($"<tr><th scope=\"row\">{100 * bin.From:F0} to {100 * bin.To:F0} %</th><td>{Quantity.Percent(bin.MeanConfidence)}</td><td>{Quantity.Percent(bin.ShareRight)}</td><td>{bin.Count}</td></tr>");
        page.Add($"</tbody></table></div></div>");
    }
}
