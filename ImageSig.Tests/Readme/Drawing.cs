using System.Globalization;
using System.Xml.Linq;
using ImageSig.Cli.Report;

namespace ImageSig.Tests.Readme;

/// <summary>Pictures of the documentation as SVG files that stand by themselves: light or dark as the reader's system is, in the report's colors, without an address of anything.</summary>
internal static class Drawing
{
    private const double PlotTitle = 22, LineHeight = 18, LetterWidth = 7.9, Margin = 14;
    private const int MaxTitle = 60;
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";
    private static readonly string[] Rules = ["svg text", ".streams svg text", ".grid", ".rule", ".line", ".streams .line", ".one", ".red", ".bar", ".error", ".odd", ".marked", "rect.for"];

    /// <summary>The drawings of sections of a report, as they stand there, beside and below each other.</summary>
    /// <param name="report">The page.</param>
    /// <param name="title">For those who do not see it.</param>
    /// <param name="sections">Their ids.</param>
    public static string OfReport(string report, string title, params string[] sections)
    {
        XElement page = XElement.Parse(report);
        XElement[] figures = [.. sections.SelectMany(id => Figures(page, id)).Where(figure => Drawn(figure) is not null)];
        return OfFigures(title, (string)figures[0].Attribute("class")!, Pictures(page, figures), figures);
    }

    /// <summary>The pictures of a section of a report, a row for each figure, with what is said of it beside.</summary>
    public static string OfPictures(string report, string title, string section)
    {
        const double side = 150, words = 190;
        XElement page = XElement.Parse(report);
        XElement[] figures = Figures(page, section);
        List<XElement> content = [Element("defs", Pictures(page, figures))];
        double right = 0;
        for (int row = 0; row < figures.Length; row++)
        {
            double left = Margin, top = Margin + (row * (side + Margin));
            foreach (XElement picture in figures[row].Descendants().Where(element => element.Name.LocalName == "svg"))
            {
                content.Add(Placed(InSvg(picture), left, top, side, side));
                left += side + Margin;
            }
            IEnumerable<string> said = figures[row].Descendants().Single(element => element.Name.LocalName == "figcaption").DescendantNodes()
                .Select(node => node is XText text ? text.Value : node is XElement { Name.LocalName: "br" } ? "\n" : "");
            string[] lines = string.Concat(said).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            content.AddRange(lines.Select((line, index) => Element("text", line, ("x", left), ("y", top + (LineHeight * (index + 1))))));
            right = Math.Max(right, left + words);
        }
        return Of(title, right, Margin + (figures.Length * (side + Margin)), "", content);
    }

    /// <summary>Figures that the code of reports wrote.</summary>
    public static string OfFigures(string title, params ReadOnlySpan<string> figures)
    {
        XElement[] parsed = new XElement[figures.Length];
        for (int i = 0; i < figures.Length; i++)
            parsed[i] = XElement.Parse(figures[i]);
        return OfFigures(title, (string)parsed[0].Attribute("class")!, [], parsed);
    }

    /// <summary>A drawing of one's own.</summary>
    public static string Of(string title, double width, double height, string style, params IEnumerable<XElement> content)
    {
        XElement root = new(Svg + "svg",
            new XAttribute("viewBox", $"0 0 {Number(width)} {Number(height)}"), new XAttribute("width", Number(width)), new XAttribute("class", style), new XAttribute("role", "img"),
            new XElement(Svg + "title", title), new XElement(Svg + "style", Style()),
            new XElement(Svg + "rect", new XAttribute("width", "100%"), new XAttribute("height", "100%"), new XAttribute("rx", 8), new XAttribute("style", "fill: var(--back)")),
            content);
        return root.ToString().ReplaceLineEndings("\n") + "\n";
    }

    /// <summary>An element with attributes, those that are numbers as SVG writes them.</summary>
    public static XElement Element(string name, object? content, params ReadOnlySpan<(string Name, object Value)> attributes)
    {
        XElement element = new(Svg + name);
        foreach ((string attribute, object value) in attributes)
            element.Add(new XAttribute(attribute, value is double number ? Number(number) : value));
        element.Add(content);
        return element;
    }

    /// <summary>Command lines and what they printed, as a terminal shows them.</summary>
    public static string OfTerminal(string title, params IReadOnlyList<(string Command, string Output)> session)
    {
        List<(string Text, string Style)> lines = [];
        foreach ((string command, string output) in session)
        {
            if (lines.Count > 0)
                lines.Add(("", ""));
            lines.Add(($"$ {command}", "terminal command"));
            lines.AddRange(output.TrimEnd('\n').Split('\n').Select(line => (line, "terminal")));
        }
        return Of(
            title, (2 * Margin) + (LetterWidth * lines.Max(line => line.Text.Length)), (2 * Margin) + (LineHeight * lines.Count), "",
            lines.Select((line, index) => Element(
                "text", line.Text, ("class", line.Style), ("x", Margin), ("y", Margin + (LineHeight * (index + 0.75))), ("style", "white-space: pre"))).Where(line => line.Value.Length > 0));
    }

    private static string OfFigures(string title, string style, XElement[] pictures, XElement[] figures)
    {
        List<XElement> content = [Element("defs", pictures)];
        double left = 0, top = 0, width = 0, bottom = 0;
        for (int i = 0; i < figures.Length; i++)
        {
            XElement drawing = InSvg(Drawn(figures[i])!);
            double[] box = [.. ((string)drawing.Attribute("viewBox")!).Split(' ').Select(number => double.Parse(number, CultureInfo.InvariantCulture))];
            bool isPlot = (string?)figures[i].Attribute("class") == "plot";
            if (i % 2 == 0)
                (left, top) = (0, bottom);
            double above = isPlot ? PlotTitle : 0;
            if (isPlot)
                content.Add(Element("text", Title(figures[i]), ("x", left + (box[2] / 2)), ("y", top + 18), ("text-anchor", "middle")));
            content.Add(Placed(drawing, left, top + above, box[2], box[3]));
            double legend = AddLegend(content, figures[i], left, top + above + box[3]);
            left += box[2];
            (width, bottom) = (Math.Max(width, left), Math.Max(bottom, top + above + box[3] + legend));
        }
        return Of(title, width, bottom, style, content);
    }

    private static XElement[] Figures(XElement page, string section) =>
        [.. page.Descendants().Single(element => (string?)element.Attribute("id") == section).Descendants().Where(element => element.Name.LocalName == "figure")];

    /// <summary>The pictures that figures refer to.</summary>
    private static XElement[] Pictures(XElement page, XElement[] figures)
    {
        HashSet<string> used = [.. figures.Descendants().Where(element => element.Name.LocalName == "use").Select(use => ((string)use.Attribute("href")!)[1..])];
        return [.. page.Descendants().Where(element => element.Name.LocalName == "image" && used.Contains((string)element.Attribute("id")!)).Select(InSvg)];
    }

    private static XElement Placed(XElement drawing, double left, double top, double width, double height)
    {
        foreach ((string name, double value) in (ReadOnlySpan<(string, double)>)[("x", left), ("y", top), ("width", width), ("height", height)])
            drawing.SetAttributeValue(name, Number(value));
        return drawing;
    }

    /// <summary>What the lines of a plot are, below it.</summary>
    /// <returns>The height that it takes.</returns>
    private static double AddLegend(List<XElement> content, XElement figure, double left, double top)
    {
        const double key = 28, letter = 6.5;
        double x = left + 48;
        XElement[] lines = [.. figure.Descendants().Where(element => element.Name.LocalName == "li")];
        foreach (XElement line in lines)
        {
            string name = line.Value.Trim();
            content.Add(Element("line", null, ("class", (string)line.Descendants().Single(element => element.Name.LocalName == "line").Attribute("class")!), ("x1", x), ("y1", top + 8), ("x2", x + key), ("y2", top + 8)));
            content.Add(Element("text", name, ("x", x + key + 6), ("y", top + 12)));
            x += key + 26 + (letter * name.Length);
        }
        return lines.Length > 0 ? 24 : 0;
    }

    /// <summary>As much of it as a plot is wide.</summary>
    private static string Title(XElement figure)
    {
        string title = (string)Drawn(figure)!.Attribute("aria-label")!;
        return title.Length <= MaxTitle ? title : title.Split(':')[0];
    }

    private static XElement? Drawn(XElement figure) => figure.Elements().FirstOrDefault(element => element.Name.LocalName == "svg");

    /// <summary>The same element outside of a page.</summary>
    private static XElement InSvg(XElement element) => new(
        Svg + element.Name.LocalName,
        element.Attributes().Where(attribute => !attribute.IsNamespaceDeclaration && attribute.Name.LocalName is not ("role" or "aria-label")),
        element.Nodes().Select(node => node is XElement inner ? InSvg(inner) : node));

    /// <summary>What of the report's style a drawing needs, and a terminal's.</summary>
    private static string Style()
    {
        string all = ReportStyle.Text.ReplaceLineEndings("\n");
        IEnumerable<string> kept = all.Split('\n').Select(line => line.Trim()).Where(line => Rules.Any(rule => line.StartsWith($"{rule} ", StringComparison.Ordinal)));
        return $"{all[..all.IndexOf("* {", StringComparison.Ordinal)]}{string.Join('\n', kept)}\n.terminal {{ font: 13px ui-monospace, monospace; }} .command {{ font-weight: bold; fill: var(--one); }}\n";
    }

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
