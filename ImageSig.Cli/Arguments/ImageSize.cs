using System.CommandLine;
using System.Globalization;

namespace ImageSig.Cli.Arguments;

/// <summary>The size that images are brought to: <c>64</c> for a square, <c>96x64</c> for width and height.</summary>
internal readonly record struct ImageSize(int Width, int Height)
{
    /// <summary><c>--image-size</c>.</summary>
    public static Option<ImageSize> Option() => new("--image-size")
    {
        Description = "Size that every image is brought to before its signatures are taken [default: 64]",
        HelpName = "N|WxH",
        CustomParser = argument => Parse(OptionKinds.Only(argument))
            ?? OptionKinds.Refuse<ImageSize>(argument, "--image-size", $"a number or WIDTHxHEIGHT, each from 1 to {FeatureOptions.MaxSize}"),
    };

    private static ImageSize? Parse(string text)
    {
        string[] parts = text.Split('x');
        return parts.Length <= 2 && TrySide(parts[0], out int width) && TrySide(parts[^1], out int height) ? new ImageSize(width, height) : null;
    }

    private static bool TrySide(string text, out int side) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out side) && side is >= 1 and <= FeatureOptions.MaxSize;
}
