using System.Text;
using ImageSig.Cli.Display;
using ImageSig.Reports;
using ImageSig.Tensors;

namespace ImageSig.Cli.Report;

/// <summary>A report as one HTML file that asks no address for anything: its policy forbids it.</summary>
internal static class ReportPage
{
    /// <summary>Tells a report of ours from another's page; within the first bytes of the file.</summary>
    public const string Mark = "<meta name=\"generator\" content=\"imagesig report\"/>";

    private const string Policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

    private static readonly Section[] Sections =
    [
        new("figures", "Figures", FiguresSection.Write, HasPictures),
        new("attributes", "Figures", AttributesSection.Write, report => report.Evaluation?.Attributes is not null),
        new("confusion", "What was taken for what", ConfusionSection.Write, HasPictures),
        new("mistakes", "Most confident mistakes", MistakesSection.Write, HasPictures),
        new("uncertain", "Least certain", UncertainSection.Write, HasPictures),
        new("curves", "Training", CurvesSection.Write, report => report.History is not null),
        new("ranking", "Other thresholds", RankingSection.Write, report => HasPictures(report) && report.Classifier.Classes.Count == 2),
        new("calibration", "How sure, and how often right", CalibrationSection.Write, HasPictures),
        new("samples", "Samples", SamplesSection.Write, HasPictures),
        new("streams", "From picture to signature", StreamsSection.Write, HasPictures),
        new("data", "The training pictures", DataSection.Write, report => report.Training is not null),
        new("card", "Model card", CardSection.Write, _ => true),
    ];

    /// <summary>Writes the file; the same report gives the same bytes.</summary>
    /// <param name="path">Where to.</param>
    /// <param name="report">What to show.</param>
    /// <param name="model">The file of the model.</param>
    public static void Write(string path, ModelReport report, string model) =>
        AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(Text(report, Path.GetFileName(model)))));

    /// <summary>The page.</summary>
    public static string Text(ModelReport report, string model)
    {
        HtmlWriter page = new();
        PictureSheet pictures = new(report.Classifier.Classes);
        Section[] shown = [.. Sections.Where(section => section.Applies(report))];
        page.Add($"<!DOCTYPE html>\n<html xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"en\"><head><meta charset=\"utf-8\"/>{new Markup(Mark)}");
        page.Add($"<meta http-equiv=\"Content-Security-Policy\" content=\"{new Markup(Policy)}\"/><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/><meta name=\"color-scheme\" content=\"light dark\"/>");
        page.Add($"<title>Report on {model}</title><style>{new Markup(ReportStyle.Text)}</style></head><body><a class=\"skip\" href=\"#content\">To the content</a>");
        page.Add($"<header><h1>Report on <bdi>{model}</bdi></h1><p>{Summary(report)}</p><nav aria-label=\"Sections\"><ul>");
        foreach (Section section in shown)
            page.Add($"<li><a href=\"#{section.Id}\">{section.Title}</a></li>");
        page.Add($"</ul></nav></header><main id=\"content\">");
        foreach (Section section in shown)
        {
            page.Add($"<section id=\"{section.Id}\" aria-labelledby=\"{section.Id}-title\"><h2 id=\"{section.Id}-title\">{section.Title}</h2>");
            section.Write(page, report, pictures);
            page.Add($"</section>");
        }
        page.Add($"</main>");
        pictures.WriteStore(page);
        page.Add($"</body></html>");
        return page.ToString();
    }

    private static string Summary(ModelReport report) => report.Evaluation is { Attributes: { } attributes } answered
        ? $"{(AttributeFigures.Mean(attributes, attribute => attribute.BalancedAccuracy) is var mean && double.IsNaN(mean) ? "No attribute with both answers" : $"{Quantity.Percent(mean)} of the answers right on average, yes and no weighing the same,")} in {Quantity.Count(answered.Count)} {(report.OnValidation ? $"validation pictures of {report.Source}, which chose the epoch" : $"pictures of {report.Source}")}."
        : report.Evaluation is not { } evaluation || !HasPictures(report)
        ? "No picture was held back and no others were given, so nothing can be said about pictures that the model was not trained on."
        : $"{FiguresSection.WithError(evaluation.Confusion.Accuracy, StandardErrors.OfShare(evaluation.Confusion.Accuracy, evaluation.Confusion.Count))} right of {Quantity.Count(evaluation.Confusion.Count)} {(report.OnValidation ? $"validation pictures of {report.Source}, which chose the epoch" : $"pictures of {report.Source}")}.";

    private static bool HasPictures(ModelReport report) => report.Images.Count > 0;

    private sealed record Section(string Id, string Title, Action<HtmlWriter, ModelReport, PictureSheet> Write, Func<ModelReport, bool> Applies);
}
