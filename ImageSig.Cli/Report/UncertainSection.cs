using ImageSig.Reports;

namespace ImageSig.Cli.Report;

/// <summary>Pictures that the model hesitates about most, right or wrong.</summary>
internal static class UncertainSection
{
    private const int Shown = 24;

    public static void Write(HtmlWriter page, ModelReport report, PictureSheet pictures)
    {
        page.Add($"<p>Where the two most probable classes are closest. More pictures like these, with labels, teach the most.</p><ul class=\"pictures\">");
        foreach (JudgedImage image in report.LeastCertain.Take(Shown))
            page.Add($"{pictures.Draw(image)}");
        page.Add($"</ul>");
    }
}
