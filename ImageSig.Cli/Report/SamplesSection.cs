using ImageSig.Reports;

namespace ImageSig.Cli.Report;

/// <summary>Pictures from all over the set, with a green frame where the answer is right and a red one where it is wrong.</summary>
internal static class SamplesSection
{
    private const int Shown = 24;

    public static void Write(HtmlWriter page, ModelReport report, PictureSheet pictures)
    {
        page.Add($"<p>Evenly taken from the set, whatever the answer. Green frame and ✓: right. Red frame and ✗: wrong.</p><ul class=\"pictures\">");
        int count = Math.Min(Shown, report.Images.Count);
        for (int number = 0; number < count; number++)
            page.Add($"{pictures.Draw(report.Images[(int)((long)number * report.Images.Count / count)])}");
        page.Add($"</ul>");
    }
}
