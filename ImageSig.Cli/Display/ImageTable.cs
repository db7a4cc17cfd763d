using System.Globalization;
using ImageSig.Cli.Json;

namespace ImageSig.Cli.Display;

/// <summary>What an image file is, for people.</summary>
internal static class ImageTable
{
    private static readonly string[] Turns =
    [
        "upright", "mirrored", "upside down", "mirrored, upside down", "mirrored, on its side", "turned right", "mirrored, on its other side", "turned left",
    ];

    public static void Write(TextWriter output, ImageJson facts)
    {
        TextTable table = new("", "");
        table.Add("file", facts.Image);
        table.Add("format", string.Create(CultureInfo.InvariantCulture, $"{facts.Format}, {Quantity.Size(facts.Bytes)}"));
        table.Add("size", string.Create(CultureInfo.InvariantCulture, $"{facts.Width}x{facts.Height}"));
        table.Add("color", string.Create(CultureInfo.InvariantCulture, $"{facts.Color}, {facts.BitsPerSample} bits{(facts.Sampling is null ? "" : $", {facts.Sampling}")}"));
        if (facts.Progressive)
            table.Add("progressive", "yes");
        if (facts.Orientation != 1)
            table.Add("orientation", string.Create(CultureInfo.InvariantCulture, $"{facts.Orientation}, the camera was {Turns[facts.Orientation - 1]}; the picture is set upright"));
        if (facts.Scale != 1)
            table.Add("decoded at", string.Create(CultureInfo.InvariantCulture, $"1/{facts.Scale}"));
        table.Add("damage", facts.Damage ?? "none");
        table.Add("picture", string.Create(CultureInfo.InvariantCulture, $"{facts.Picture.Width}x{facts.Picture.Height}"));
        if (facts.Output is not null)
            table.Add("written", facts.Output);
        table.Write(output);
    }
}
