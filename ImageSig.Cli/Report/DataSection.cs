using ImageSig.Cli.Display;
using ImageSig.Reports;

namespace ImageSig.Cli.Report;

/// <summary>What the training saw of its pictures on the way.</summary>
internal static class DataSection
{
    public static void Write(HtmlWriter page, ModelReport report, PictureSheet pictures)
    {
        TrainingOutcome training = report.Training!;
        string[] lines = [.. DataWarnings.Of(training, report.Evaluation)];
        page.Add($"<p>Of {Quantity.Count(training.Classifier.Training.TrainingTotal)} pictures to train on and {Quantity.Count(training.Classifier.Training.ValidationTotal)} to choose the epoch, looked at by the way at the model's size:</p><ul>");
        foreach (string line in lines)
            page.Add($"<li>{line}</li>");
        if (training.Unreadable.Count > 0)
            page.Add($"<li>{Quantity.Count(training.Unreadable.Count)} {(training.Unreadable.Count == 1 ? "file" : "files")} could not be read and left out, such as {training.Unreadable[0].Path}: {training.Unreadable[0].Reason}</li>");
        if (lines.Length == 0 && training.Unreadable.Count == 0)
            page.Add($"<li>nothing was found: no picture twice, none under two labels, none of one color, very dark or very light.</li>");
        page.Add($"</ul><p>Nearly equal pictures, blurred and tiny ones, and labels that are likely wrong are found by <code>imagesig check</code>.</p>");
    }
}
