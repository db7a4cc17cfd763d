using ImageSig.Imaging;
using ImageSig.Measurement;

namespace ImageSig.Cli.Json;

/// <summary>What <c>bench decode --json</c> prints for one file at one scale. Milliseconds, the shortest of many.</summary>
internal sealed record DecodeBenchJson(
    string Image, int Width, int Height, int Scale, double Entropy, double Transform, double Color, double Resize, double Decode, double MegapixelsPerSecond)
{
    public JsonMembers Members => new(
        ("image", Image), ("width", Width), ("height", Height), ("scale", Scale), ("entropy", Entropy), ("transform", Transform), ("color", Color), ("resize", Resize),
        ("decode", Decode), ("megapixelsPerSecond", MegapixelsPerSecond));

    public static DecodeBenchJson Of(string name, ImageInfo info, int scale, DecodeStages stages) => new(
        name, info.Width, info.Height, scale,
        Math.Round(stages.Entropy, 3), Math.Round(stages.Transform, 3), Math.Round(stages.Color, 3), Math.Round(stages.Resize, 3), Math.Round(stages.Decode, 3),
        Math.Round(info.Width * (double)info.Height / 1000 / (stages.Decode + stages.Resize), 1));
}
