using System.Globalization;
using System.Text;
using ImageSig.Comparison;

namespace ImageSig.Cli.Display;

/// <summary>A comparison as a picture: time of an image to the right, on a logarithmic scale, accuracy upward with one standard error to both sides, a line through those
/// that no other beats in both.</summary>
internal static class ComparisonPlot
{
    /// <summary>How the file begins.</summary>
    public const string Beginning = "<svg xmlns=\"http://www.w3.org/2000/svg\"";

    private const double Width = 720, Height = 440, Left = 60, Right = 700, Top = 20, Bottom = 390;

    public static string Svg(ComparisonResult result)
    {
        StringBuilder svg = new();
        svg.Append(CultureInfo.InvariantCulture, $"{Beginning} width=\"{Width}\" height=\"{Height}\" font-family=\"sans-serif\" font-size=\"12\">\n");
        svg.Append("<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n");
        if (result.Entries.Count > 0)
            Draw(svg, result);
        return svg.Append("</svg>\n").ToString();
    }

    private static void Draw(StringBuilder svg, ComparisonResult result)
    {
        IReadOnlyList<ComparisonEntry> entries = result.Entries;
        double low = Math.Floor(20 * entries.Min(entry => entry.Range.Low)) / 20, high = Math.Ceiling(20 * entries.Max(entry => entry.Range.High)) / 20;
        double first = Math.Log10(entries.Min(entry => entry.Microseconds)) - 0.1, last = Math.Log10(entries.Max(entry => entry.Microseconds)) + 0.3;
        high = Math.Max(high, low + 0.05);

        for (double share = low; share < high + 0.001; share += 0.05)
        {
            Line(svg, Left, Y(share), Right, Y(share), "#ddd");
            Text(svg, Left - 6, Y(share) + 4, "end", string.Create(CultureInfo.InvariantCulture, $"{100 * share:F0} %"));
        }
        foreach (double microseconds in Ticks(first, last))
        {
            Line(svg, X(microseconds), Top, X(microseconds), Bottom, "#ddd");
            Text(svg, X(microseconds), Bottom + 18, "middle", string.Create(CultureInfo.InvariantCulture, $"{microseconds:N0}"));
        }
        Text(svg, (Left + Right) / 2, Height - 10, "middle", "µs an image, from file to answer, on one thread");

        ComparisonEntry[] frontier = [.. entries.Where(result.IsOnFrontier).OrderBy(entry => entry.Microseconds)];
        svg.Append("<polyline fill=\"none\" stroke=\"#888\" points=\"");
        svg.Append(string.Join(' ', frontier.Select(entry => string.Create(CultureInfo.InvariantCulture, $"{X(entry.Microseconds):F1},{Y(entry.Accuracy):F1}"))));
        svg.Append("\"/>\n");
        foreach (ComparisonEntry entry in entries)
        {
            string color = entry == result.Recommended ? "#c00" : result.IsAsGoodAsBest(entry) ? "#06c" : "#444";
            double x = X(entry.Microseconds);
            Line(svg, x, Y(entry.Range.Low), x, Y(entry.Range.High), color);
            svg.Append(CultureInfo.InvariantCulture, $"<circle cx=\"{x:F1}\" cy=\"{Y(entry.Accuracy):F1}\" r=\"4\" fill=\"{color}\"/>\n");
            Text(svg, x + 7, Y(entry.Accuracy) + 4, "start", entry.Name);
        }

        double X(double microseconds) => Left + ((Right - Left) * (Math.Log10(microseconds) - first) / (last - first));
        double Y(double share) => Bottom - ((Bottom - Top) * (share - low) / (high - low));
    }

    /// <summary>1, 2 and 5 of every power of ten in between.</summary>
    private static IEnumerable<double> Ticks(double first, double last)
    {
        for (int power = (int)Math.Floor(first); power <= last; power++)
            foreach (int digit in (int[])[1, 2, 5])
                if (Math.Log10(digit) + power is var place && place >= first && place <= last)
                    yield return digit * Math.Pow(10, power);
    }

    private static void Line(StringBuilder svg, double x1, double y1, double x2, double y2, string color) =>
        svg.Append(CultureInfo.InvariantCulture, $"<line x1=\"{x1:F1}\" y1=\"{y1:F1}\" x2=\"{x2:F1}\" y2=\"{y2:F1}\" stroke=\"{color}\"/>\n");

    /// <summary>Names are ours, so that nothing need be escaped.</summary>
    private static void Text(StringBuilder svg, double x, double y, string anchor, string text) =>
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{x:F1}\" y=\"{y:F1}\" text-anchor=\"{anchor}\">{text}</text>\n");
}
