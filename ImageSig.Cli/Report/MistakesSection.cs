using ImageSig.Reports;

namespace ImageSig.Cli.Report;

/// <summary>Wrong answers, the most confident first, with what of each picture spoke for the answer.</summary>
internal static class MistakesSection
{
    public static void Write(HtmlWriter page, ModelReport report, PictureSheet pictures)
    {
        if (report.Mistakes.Count == 0)
        {
            page.Add($"<p>No answer was wrong.</p>");
            return;
        }
        page.Add($"<p>Look at these first: some may be wrong labels rather than wrong answers. Beside each picture stands what spoke for the answer: parts were covered one after the other, and where that made the answer less probable it is <span class=\"mark for\">orange</span>, where more probable <span class=\"mark against\">blue</span>. It shows what the model goes by, not whether it goes by the right thing.</p>");
        page.Add($"<ul class=\"pictures\">");
        foreach ((JudgedImage mistake, Occlusion spoke) in report.Mistakes)
            page.Add($"{pictures.Draw(mistake, spoke)}");
        page.Add($"</ul>");
    }
}
