namespace ImageSig.Cli.Report;

/// <summary>One line of a plot.</summary>
/// <param name="Name">For the legend.</param>
/// <param name="Points">From left to right.</param>
internal sealed record PlotLine(string Name, IReadOnlyList<(double X, double Y)> Points);

/// <summary>A plot of lines as inline SVG: solid, dashed and dotted, in colors of the page's style.</summary>
/// <param name="title">What it shows, for those who do not see it too.</param>
/// <param name="across">What goes to the right.</param>
/// <param name="x">From and to.</param>
/// <param name="y">From and to.</param>
/// <param name="percent">Whether the values upward are shares.</param>
internal sealed class Plot(string title, string across, (double From, double To) x, (double From, double To) y, bool percent)
{
    private const double Width = 400, Height = 290, Left = 48, Right = 376, Top = 12, Bottom = 244, MinBar = 2;
    private static readonly string[] Styles = ["one", "two", "three"];

    private readonly HtmlWriter drawing = new();
    private readonly HtmlWriter legend = new();
    private bool hasLegend;
    private int lines;

    /// <summary>A plot of shares over shares.</summary>
    public static Plot OfShares(string title, string across) => new(title, across, (0, 1), (0, 1), percent: true) { percentAcross = true };

    private bool percentAcross;

    /// <summary>A line between two points, thin and gray; one with a name is in the legend.</summary>
    public Plot Rule(double x1, double y1, double x2, double y2, string? name = null)
    {
        if (name is not null)
            AddKey("rule", name);
        drawing.Add($"<line class=\"rule\" x1=\"{X(x1):0.#}\" y1=\"{Y(y1):0.#}\" x2=\"{X(x2):0.#}\" y2=\"{Y(y2):0.#}\"/>");
        return this;
    }

    /// <summary>A line, its points left out where one would lie on the one before.</summary>
    public Plot Line(PlotLine line)
    {
        string style = $"line {Styles[lines++ % Styles.Length]}";
        List<(double X, double Y)> shown = [];
        foreach ((double x, double y) in line.Points)
            if ((X(x), Y(y)) is var place && (shown.Count == 0 || Math.Abs(place.Item1 - shown[^1].X) + Math.Abs(place.Item2 - shown[^1].Y) > 0.4))
                shown.Add(place);
        string points = string.Join(' ', shown.Select(place => FormattableString.Invariant($"{place.X:0.#},{place.Y:0.#}")));
        drawing.Add($"<polyline class=\"{style}\" points=\"{points}\"/>");
        AddKey(style, line.Name);
        return this;
    }

    /// <summary>A bar from the bottom, with an error to both sides. One of height 0 is seen as a line.</summary>
    public Plot Bar(double from, double to, double height, double error)
    {
        double top = Math.Min(Y(height), Bottom - MinBar);
        drawing.Add($"<rect class=\"bar\" x=\"{X(from) + 1:0.#}\" y=\"{top:0.#}\" width=\"{X(to) - X(from) - 2:0.#}\" height=\"{Bottom - top:0.#}\"/>");
        double middle = (from + to) / 2;
        drawing.Add($"<line class=\"error\" x1=\"{X(middle):0.#}\" y1=\"{Y(Math.Max(0, height - error)):0.#}\" x2=\"{X(middle):0.#}\" y2=\"{Y(Math.Min(1, height + error)):0.#}\"/>");
        return this;
    }

    public void Write(HtmlWriter page)
    {
        page.Add($"<figure class=\"plot\"><svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{title}\">");
        foreach (double tick in Ticks(y))
        {
            page.Add($"<line class=\"grid\" x1=\"{Left}\" y1=\"{Y(tick):0.#}\" x2=\"{Right}\" y2=\"{Y(tick):0.#}\"/>");
            page.Add($"<text x=\"{Left - 6}\" y=\"{Y(tick) + 4:0.#}\" text-anchor=\"end\">{Label(tick, percent)}</text>");
        }
        foreach (double tick in Ticks(x))
        {
            page.Add($"<line class=\"grid\" x1=\"{X(tick):0.#}\" y1=\"{Top}\" x2=\"{X(tick):0.#}\" y2=\"{Bottom}\"/>");
            page.Add($"<text x=\"{X(tick):0.#}\" y=\"{Bottom + 17}\" text-anchor=\"middle\">{Label(tick, percentAcross)}</text>");
        }
        page.Add($"<text x=\"{(Left + Right) / 2}\" y=\"{Height - 8}\" text-anchor=\"middle\">{across}</text>");
        page.Add($"{new Markup(drawing.ToString())}</svg>");
        page.Add($"<figcaption>{title}{Markup.If(hasLegend, $"<ul class=\"legend\">{legend}</ul>")}</figcaption></figure>");
    }

    private void AddKey(string style, string name)
    {
        hasLegend = true;
        legend.Add($"<li><svg class=\"key\" viewBox=\"0 0 28 8\" aria-hidden=\"true\"><line class=\"{style}\" x1=\"0\" y1=\"4\" x2=\"28\" y2=\"4\"/></svg> {name}</li>");
    }

    /// <summary>Some four to eight round numbers in between: 1, 2 or 5 times a power of ten apart.</summary>
    private static IEnumerable<double> Ticks((double From, double To) range)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(range.To - range.From))), width = (range.To - range.From) / power;
        double step = width <= 2 ? power / 5 : width <= 5 ? power / 2 : power;
        for (double number = Math.Ceiling(range.From / step); number * step <= range.To + (step / 1000); number++)
            yield return number * step;
    }

    private static string Label(double tick, bool percent) =>
        percent ? FormattableString.Invariant($"{100 * tick:0.##} %") : FormattableString.Invariant($"{tick:0.###}");

    private double X(double value) => Left + ((Right - Left) * (value - x.From) / (x.To - x.From));

    private double Y(double value) => Bottom - ((Bottom - Top) * (value - y.From) / (y.To - y.From));
}
