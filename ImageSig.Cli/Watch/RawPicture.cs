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
        CustomParser = argument => Parse(OptionKinds.Only(argument))
            ?? OptionKinds.Refuse<PixelLayout?>(argument, name, $"FORMAT,WIDTHxHEIGHT or FORMAT,WIDTHxHEIGHT,STRIDE, such as yuv420p,640x480, with at most 100 million pixels and the format {Formats}"),
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
        PixelLayout tight = new(known, width, height) { VideoRange = parts[0] != "yuvj420p" };
        return stride == 0 ? tight : stride >= tight.RowStride ? tight with { Stride = stride } : null;
    }

    private static bool TryCount(string text, out int count) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out count) && count > 0;
}
