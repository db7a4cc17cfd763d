using ImageSig.Cli.Display;
using ImageSig.NN;
using ImageSig.Reports;

namespace ImageSig.Cli.Report;

/// <summary>How well a model of attributes does, question by question, each figure with its standard error.</summary>
internal static class AttributesSection
{
    public static void Write(HtmlWriter page, ModelReport report, PictureSheet pictures)
    {
        IReadOnlyList<AttributeFigures> attributes = report.Evaluation!.Attributes!;
        page.Add($"<p>Balanced accuracy is the mean of the shares of yes and of no that are right: a model that always says no has one half of it. ± is one standard error: what other pictures of the same kind would change.</p>");
        page.Add($"<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"Figures of the attributes\"><table><thead><tr><th scope=\"col\">attribute</th><th scope=\"col\">accuracy</th><th scope=\"col\">balanced</th><th scope=\"col\">F1</th><th scope=\"col\">more frequent answer</th><th scope=\"col\">known</th><th scope=\"col\">yes</th></tr></thead><tbody>");
        foreach (AttributeFigures attribute in attributes)
        {
            ConfusionMatrix confusion = attribute.Confusion;
            string accuracy = FiguresSection.WithError(attribute.Accuracy, StandardErrors.OfShare(attribute.Accuracy, confusion.Count));
            string balanced = FiguresSection.WithError(attribute.BalancedAccuracy, StandardErrors.OfBalancedAccuracy(confusion));
            page.Add($"<tr><th scope=\"row\"><bdi>{attribute.Name}</bdi></th><td>{accuracy}</td><td>{balanced}</td><td>{FiguresSection.WithError(attribute.F1, StandardErrors.OfF1(confusion, label: 1))}</td><td>{Quantity.Percent(attribute.MajorityRate)}</td><td>{Quantity.Count(confusion.Count)}</td><td>{Quantity.Count(attribute.Support)}</td></tr>");
        }
        page.Add($"<tr><th scope=\"row\">mean</th><td>{Mean(attribute => attribute.Accuracy)}</td><td>{Mean(attribute => attribute.BalancedAccuracy)}</td><td>{Mean(attribute => attribute.F1)}</td><td>{Mean(attribute => attribute.MajorityRate)}</td><td></td><td></td></tr></tbody></table></div>");

        string Mean(Func<AttributeFigures, double> figure) => Quantity.Percent(AttributeFigures.Mean(attributes, figure));
    }
}
