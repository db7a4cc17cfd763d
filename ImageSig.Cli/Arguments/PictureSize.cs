using System.CommandLine;
using System.Globalization;

namespace ImageSig.Cli.Arguments;

/// <summary>A picture's size: <c>64</c> for a square, <c>640x480</c> for width and height.</summary>
internal readonly record struct PictureSize(int Width, int Height)
{
    private const int MostSide = 16384;

    public static Option<PictureSize?> Option(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "N|WxH",
        CustomParser = argument => Parse(OptionKinds.Only(argument))
            ?? OptionKinds.Refuse<PictureSize?>(argument, name, $"a number or WIDTHxHEIGHT, each from 1 to {MostSide}"),
    };

    private static PictureSize? Parse(string text)
    {
        string[] parts = text.Split('x');
        return parts.Length <= 2 && TrySide(parts[0], out int width) && TrySide(parts[^1], out int height) ? new PictureSize(width, height) : null;
    }

    private static bool TrySide(string text, out int side) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out side) && side is >= 1 and <= MostSide;
}
