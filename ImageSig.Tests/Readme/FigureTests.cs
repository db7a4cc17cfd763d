using System.Xml.Linq;
using ImageSig.Cli.Demo;
using ImageSig.Cli.Report;
using ImageSig.Imaging;
using ImageSig.Signature;
using ImageSig.Tests.Support;

namespace ImageSig.Tests.Readme;

/// <summary>The figures of docs/concepts.md, drawn anew from what they show.</summary>
public sealed class FigureTests
{
    private const int Side = 64, Window = 8, Cells = Side / Window, Depth = 2, Channels = 3;

    [Fact]
    public void Two_paths_of_the_same_steps_in_another_order_differ_in_the_area()
    {
        double[] corner = [0, 0, 1, 0, 1, 1], other = [0, 0, 0, 1, 1, 1];
        Assert.Equal((0.5, -0.5), (Area(corner), Area(other)));
        Plot plot = new("Right, then up: area +1/2. Up, then right: −1/2", "channel 1 to the right, channel 2 upward", (-0.2, 1.2), (-0.2, 1.2), percent: false);
        plot.Rule(0, 0, 1, 1).Line(Of("right, then up", corner)).Line(Of("up, then right", other));
        PinnedText.AssertIs("assets/area.svg", Drawing.OfFigures("Two paths from (0, 0) to (1, 1), one below and one above the straight line between", Written(plot)));

        static PlotLine Of(string name, double[] path) => new(name, [.. path.Chunk(2).Select(point => (point[0], point[1]))]);
    }

    [Fact]
    public void Signed_roots_bring_levels_to_one_scale()
    {
        const int points = 101, levels = 3;
        SignedRoots roots = SignedRoots.OfSignatures(new SignatureLayout(1, levels));
        double[] values = [.. Enumerable.Range(0, points).SelectMany(i => Enumerable.Repeat(((2.0 * i) - (points - 1)) / (points - 1), levels))], rooted = [.. values];
        roots.Forward<double>(rooted);
        Plot plot = new("What signed roots make of a number of level 1, 2 and 3", "number", (-1, 1), (-1, 1), percent: false);
        for (int level = 0; level < levels; level++)
            plot.Line(new PlotLine($"level {level + 1}", [.. Enumerable.Range(0, points).Select(i => (values[(levels * i) + level], rooted[(levels * i) + level]))]));
        PinnedText.AssertIs("assets/roots.svg", Drawing.OfFigures("Level 1 stays a straight line; levels 2 and 3 rise steeply beside 0 and flatten", Written(plot)));
        Assert.Equal(values[^levels], rooted[^levels]);
    }

    [Fact]
    public void A_grid_sees_where_colors_change_along_rows_and_along_columns()
    {
        Image picture = Resize.Area(ConcretePicture.Draw(seed: 1, number: 0, cracked: true), Side, Side);
        double[] cells = CellsOf(picture);
        const double size = 192, gap = 16, cell = size / Cells, top = 26;
        List<XElement> content =
        [
            Label("picture", 0), Label("change along rows", 1), Label("change along columns", 2),
            Drawing.Element("image", null, ("x", Left(0)), ("y", top), ("width", size), ("height", size), ("href", $"data:image/png;base64,{Convert.ToBase64String(picture.EncodePng())}")),
        ];
        for (int direction = 0; direction < 2; direction++)
        {
            double[] change = [.. Enumerable.Range(0, Cells * Cells).Select(index => Change(cells, index, direction))];
            for (int index = 0; index < change.Length; index++)
                content.Add(Drawing.Element(
                    "rect", null, ("class", "for"), ("x", Left(direction + 1) + (cell * (index % Cells))), ("y", top + (cell * (index / Cells))), ("width", cell), ("height", cell),
                    ("fill-opacity", change[index] / change.Max())));
        }
        for (int panel = 0; panel < 3; panel++)
            for (int line = 0; line <= Cells; line++)
            {
                content.Add(Drawing.Element("line", null, ("class", "grid"), ("x1", Left(panel) + (cell * line)), ("y1", top), ("x2", Left(panel) + (cell * line)), ("y2", top + size)));
                content.Add(Drawing.Element("line", null, ("class", "grid"), ("x1", Left(panel)), ("y1", top + (cell * line)), ("x2", Left(panel) + size), ("y2", top + (cell * line))));
            }
        PinnedText.AssertIs("assets/grid.svg", Drawing.Of(
            "A picture of a crack under a grid of 8 x 8 cells, and how much colors change along the rows and along the columns of each cell", (3 * size) + (4 * gap), top + size + gap, "", content));

        static double Left(int panel) => gap + (panel * (size + gap));
        static XElement Label(string text, int panel) => Drawing.Element("text", text, ("x", Left(panel) + (size / 2)), ("y", 17.0), ("text-anchor", "middle"));
    }

    /// <summary>The signature grid of plain colors, with signed roots.</summary>
    private static double[] CellsOf(Image picture)
    {
        SignatureGrid grid = new(Channels, Depth, Window);
        double[] pixels = [.. picture.Pixels.ToArray().Select(level => level / 255.0)], cells = new double[Cells * Cells * grid.Features];
        grid.Forward<double>(pixels, 1, Side, Side, cells);
        SignedRoots.OfCells(grid).Forward<double>(cells);
        return cells;
    }

    /// <summary>The sum of the sizes of level 2 of a cell, along rows or along columns: behind the mean point and level 1.</summary>
    private static double Change(double[] cells, int index, int direction)
    {
        int half = (2 * Channels) + (Channels * Channels), start = (((2 * index) + direction) * half) + (2 * Channels);
        return cells.Skip(start).Take(Channels * Channels).Sum(Math.Abs);
    }

    private static double Area(double[] path)
    {
        SignatureTransform transform = new(channels: 2, Depth);
        double[] signature = new double[transform.Layout.Length];
        transform.Forward<double>(path, batch: 1, path.Length / 2, signature);
        return (signature[transform.Layout.IndexOf(0, 1)] - signature[transform.Layout.IndexOf(1, 0)]) / 2;
    }

    private static string Written(Plot plot)
    {
        HtmlWriter page = new();
        plot.Write(page);
        return page.ToString();
    }
}
