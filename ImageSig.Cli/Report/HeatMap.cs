using ImageSig.Reports;

namespace ImageSig.Cli.Report;

/// <summary>A picture under what of it spoke for the answer: orange for it, blue against it, the stronger the denser.</summary>
internal static class HeatMap
{
    private const double Densest = 0.7, Faintest = 0.02;
    private static readonly string[] Across = ["left", "middle", "right"], Down = ["upper", "central", "lower"];

    public static Markup Draw(PictureSheet pictures, JudgedImage picture, Occlusion spoke)
    {
        (int width, int height) = PictureSheet.SizeOf(picture);
        double largest = spoke.Weights.Max(Math.Abs);
        HtmlWriter drawing = new();
        drawing.Add($"<svg class=\"picture\" viewBox=\"0 0 {width} {height}\" role=\"img\" aria-label=\"{Describe(picture, spoke)}\">{pictures.Use(picture)}");
        for (int cell = 0; cell < spoke.Weights.Count; cell++)
        {
            double density = largest == 0 ? 0 : Densest * Math.Abs(spoke.Weights[cell]) / largest;
            if (density < Faintest)
                continue;
            (double cellWidth, double cellHeight) = ((double)width / spoke.Columns, (double)height / spoke.Rows);
            Markup kind = new(spoke.Weights[cell] > 0 ? "for" : "against");
            drawing.Add($"<rect class=\"{kind}\" x=\"{cell % spoke.Columns * cellWidth:0.##}\" y=\"{cell / spoke.Columns * cellHeight:0.##}\" width=\"{cellWidth:0.##}\" height=\"{cellHeight:0.##}\" opacity=\"{density:0.##}\"/>");
        }
        drawing.Add($"</svg>");
        return new Markup(drawing.ToString());
    }

    private static string Describe(JudgedImage picture, Occlusion spoke)
    {
        int strongest = Sequences.Range(0, spoke.Weights.Count).MaxBy(cell => spoke.Weights[cell]);
        (int column, int row) = (strongest % spoke.Columns, strongest / spoke.Columns);
        return spoke.Weights[strongest] > 0
            ? $"What spoke for {picture.Answer.Label}: most of all the {Down[3 * row / spoke.Rows]} {Across[3 * column / spoke.Columns]} part"
            : $"No part of the picture spoke for {picture.Answer.Label} by itself";
    }
}
