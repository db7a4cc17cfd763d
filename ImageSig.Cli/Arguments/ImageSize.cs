using System.CommandLine;
using System.Globalization;
using ImageSig.Tensors;

namespace ImageSig.Cli.Arguments;

/// <summary>The size of pictures: <c>64</c> for a square, <c>96x64</c> for width and height.</summary>
internal readonly record struct ImageSize(int Width, int Height)
{
    /// <summary>An option for a size whose sides are within <paramref name="bounds"/>.</summary>
    public static Option<ImageSize> Option(string name, Bounds bounds, string description) => new(name)
    {
        Description = description,
        HelpName = "N|WxH",
        CustomParser = argument => Parse(OptionKinds.Only(argument), bounds)
            ?? OptionKinds.Refuse<ImageSize>(argument, name, $"a number or WIDTHxHEIGHT, each from {bounds.Min} to {bounds.Max}"),
    };

    /// <summary><c>96x64</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Width}x{Height}");

    private static ImageSize? Parse(string text, Bounds bounds)
    {
        string[] parts = text.Split('x');
        return parts.Length <= 2 && TrySide(parts[0], bounds, out int width) && TrySide(parts[^1], bounds, out int height) ? new ImageSize(width, height) : null;
    }

    private static bool TrySide(string text, Bounds bounds, out int side) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out side) && bounds.Contains(side);
}
