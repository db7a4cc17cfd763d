using ImageSig.Cli.Display;
using ImageSig.NN;
using ImageSig.Reports;

namespace ImageSig.Cli.Report;

/// <summary>The model card: what it is, what it learned from, how it was judged, and what it cannot do.</summary>
internal static class CardSection
{
    public static void Write(HtmlWriter page, ModelReport report, PictureSheet pictures)
    {
        page.Add($"<h3>What it is</h3><div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"Model and training\"><table class=\"facts\"><tbody>");
        foreach ((string name, string[] lines) in Facts(report))
        {
            page.Add($"<tr><th scope=\"row\">{name}</th><td>");
            for (int line = 0; line < lines.Length; line++)
                page.Add($"{Markup.If(line > 0, "<br/>")}<bdi>{lines[line]}</bdi>");
            page.Add($"</td></tr>");
        }
        page.Add($"</tbody></table></div><h3>Limits</h3><ul>");
        foreach (string limit in ReportLimits.Of(report))
            page.Add($"<li>{limit}</li>");
        page.Add($"</ul>");
    }

    /// <summary>Lines without a name belong to the one above.</summary>
    private static IEnumerable<(string Name, string[] Lines)> Facts(ModelReport report)
    {
        Model model = report.Classifier.Model;
        (string Name, string Text)[] facts =
        [
            ("architecture", $"{model.Spec.Name}, {Quantity.Count(model.ParameterCount)} parameters, {Quantity.Count(model.MultiplyAdds)} multiply-adds a picture"),
            .. ModelFacts.Of(report.Classifier),
            ("judged on", report.Evaluation is { } evaluation ? $"{Quantity.Count(evaluation.Count)} pictures of {report.Source}{(report.OnValidation ? ", which chose the epoch" : "")}" : "no picture"),
        ];
        for (int first = 0, next; first < facts.Length; first = next)
        {
            for (next = first + 1; next < facts.Length && facts[next].Name.Length == 0; next++)
            {
            }
            yield return (facts[first].Name, [.. facts[first..next].Select(fact => fact.Text)]);
        }
    }
}
