using System.CommandLine;
using System.Globalization;
using ImageSig.Cli.Arguments;
using ImageSig.Imaging;

namespace ImageSig.Cli.Watch;

/// <summary>What a camera's raw pictures are, in the words of ffmpeg's pixel formats: <c>yuv420p,640x480</c>, with the bytes of a row behind another comma where rows have gaps.</summary>
internal static class RawPicture
{
    private const int MostPixels = 100_000_000;
    private const string Formats = "yuv420p, yuvj420p (0 to 255), nv12, rgb24, bgr24, rgba, bgra or gray";

    /// <summary><c>--stdin-raw yuv420p,640x480</c>.</summary>
    public static Option<PixelLayout?> Option(string name, string description) => new(name)
    {
        Description = $"{description}; FORMAT is {Formats}, STRIDE the bytes from one row to the next (of Y) where they are more than a row takes",
        HelpName = "FORMAT,WIDTHxHEIGHT[,STRIDE]",
        CustomParser = argument => Parse(OptionKinds.Only(argument)) is not { } layout ? OptionKinds.Refuse<PixelLayout?>(argument, name, $"FORMAT,WIDTHxHEIGHT or FORMAT,WIDTHxHEIGHT,STRIDE, such as yuv420p,640x480, with at most 100 million pixels and the format {Formats}")
            : layout.Stride > 0 && layout.Stride < Tight(layout).RowStride ? OptionKinds.Refuse<PixelLayout?>(argument, name, $"at least {Tight(layout).RowStride} bytes from one row to the next, which {layout.Width} pixels take")
            // Others begin U and V right behind an odd row, which no stride can say.
            : layout.Format == PixelFormat.Nv12 && layout.Width % 2 > 0 ? OptionKinds.Refuse<PixelLayout?>(argument, name, "of an even width with nv12; have the camera send one pixel more or less")
            : layout,
    };

    private static PixelLayout? Parse(string text)
    {
        string[] parts = text.Split(','), sides = parts.Length > 1 ? parts[1].Split('x') : [];
        int stride = 0;
        if (parts.Length > 3 || sides.Length != 2 || !TryCount(sides[0], out int width) || !TryCount(sides[1], out int height) || (parts.Length == 3 && !TryCount(parts[2], out stride)))
            return null;
        PixelFormat? format = parts[0] switch
        {
            "yuv420p" or "yuvj420p" => PixelFormat.Yuv420,
            "nv12" => PixelFormat.Nv12,
            "rgb24" => PixelFormat.Rgb24,
            "bgr24" => PixelFormat.Bgr24,
            "rgba" => PixelFormat.Rgba32,
            "bgra" => PixelFormat.Bgra32,
            "gray" => PixelFormat.Gray8,
            _ => null,
        };
        if (format is not { } known || (long)width * height > MostPixels || (long)stride * height > 4L * MostPixels)
            return null;
        return new PixelLayout(known, width, height, stride) { VideoRange = parts[0] != "yuvj420p" };
    }

    private static PixelLayout Tight(PixelLayout layout) => layout with { Stride = 0 };

    private static bool TryCount(string text, out int count) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out count) && count > 0;
}
