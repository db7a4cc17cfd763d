using ImageSig.Cli.Display;
using ImageSig.NN;
using ImageSig.Reports;

namespace ImageSig.Cli.Report;

/// <summary>What was taken for what. Each count is a link that opens the pictures behind it.</summary>
internal static class ConfusionSection
{
    /// <summary>More pictures than this make a page slow to load; of large cells the least certain are shown.</summary>
    private const int MaxPictures = 800;

    public static void Write(HtmlWriter page, ModelReport report, PictureSheet pictures)
    {
        ConfusionMatrix confusion = report.Evaluation!.Confusion;
        IReadOnlyList<string> classes = report.Evaluation.Classes;
        page.Add($"<p>A row for each class, a column for each answer. A number opens its pictures below the table.</p>");
        page.Add($"<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"Confusion matrix\"><table class=\"matrix\"><thead><tr><th scope=\"col\">is \\ answered</th>");
        foreach (string name in classes)
            page.Add($"<th scope=\"col\"><bdi>{name}</bdi></th>");
        page.Add($"</tr></thead><tbody>");
        for (int actual = 0; actual < classes.Count; actual++)
        {
            page.Add($"<tr><th scope=\"row\"><bdi>{classes[actual]}</bdi></th>");
            for (int answered = 0; answered < classes.Count; answered++)
                WriteCell(page, confusion, classes, actual, answered);
            page.Add($"</tr>");
        }
        page.Add($"</tbody></table></div>");
        WritePictures(page, report, pictures);
    }

    private static void WriteCell(HtmlWriter page, ConfusionMatrix confusion, IReadOnlyList<string> classes, int actual, int answered)
    {
        int count = confusion[actual, answered];
        if (count == 0)
        {
            page.Add($"<td>0</td>");
            return;
        }
        Markup kind = new(actual == answered ? "hit" : "miss");
        double share = (double)count / confusion.Support(actual);
        string words = actual == answered ? $"{count} of {classes[actual]} answered rightly" : $"{count} of {classes[actual]} answered {classes[answered]}";
        page.Add($"<td class=\"{kind}\" style=\"--share:{share:0.###}\"><a href=\"#cell-{actual}-{answered}\" aria-label=\"{words}: show them\">{count}</a></td>");
    }

    private static void WritePictures(HtmlWriter page, ModelReport report, PictureSheet pictures)
    {
        IReadOnlyList<string> classes = report.Evaluation!.Classes;
        Group<(int, int), JudgedImage>[] cells =
        [
            .. report.Images.GroupBy(image => (image.Label, image.Answer.LabelIndex)).OrderBy(cell => cell.Key),
        ];
        int shown = MostOf([.. cells.Select(cell => cell.Count())]);
        foreach (Group<(int Actual, int Answered), JudgedImage> cell in cells)
        {
            int count = cell.Count();
            page.Add($"<section class=\"cell\" id=\"cell-{cell.Key.Actual}-{cell.Key.Answered}\" tabindex=\"-1\"><h3><bdi>{classes[cell.Key.Actual]}</bdi> answered <bdi>{classes[cell.Key.Answered]}</bdi>: {Quantity.Count(count)}</h3>");
            page.Add($"<p>The least certain first{(count > shown ? $", {Quantity.Count(shown)} of them" : "")}. <a href=\"#confusion\">Close</a></p><ul class=\"pictures\">");
            foreach (JudgedImage image in cell.OrderBy(image => image.Margin).Take(shown))
                page.Add($"{pictures.Draw(image)}");
            page.Add($"</ul></section>");
        }
    }

    /// <summary>How many of each cell can be shown, so that all together are no more than <see cref="MaxPictures"/>; at least one.</summary>
    private static int MostOf(int[] counts)
    {
        int most = Math.Min(counts.Max(), MaxPictures);
        while (most > 1 && counts.Sum(count => Math.Min(count, most)) > MaxPictures)
            most--;
        return most;
    }
}
