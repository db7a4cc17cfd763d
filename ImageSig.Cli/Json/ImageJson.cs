using ImageSig.Imaging;

namespace ImageSig.Cli.Json;

/// <summary>What <c>image --json</c> prints.</summary>
/// <param name="Image">The file, as it was given.</param>
/// <param name="Format">Its format, by content.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Width">Columns as stored.</param>
/// <param name="Height">Rows as stored.</param>
/// <param name="Color">What the samples are.</param>
/// <param name="BitsPerSample">Bits of a sample.</param>
/// <param name="Sampling">How much of the color a JPEG stores; null for others.</param>
/// <param name="Progressive">A progressive JPEG or an interlaced PNG.</param>
/// <param name="Orientation">The camera's note, 1…8.</param>
/// <param name="Scale">N where it was decoded at 1/N of its size.</param>
/// <param name="Damage">What was wrong; null where the file is whole.</param>
/// <param name="Picture">The size of the picture after everything that was asked for.</param>
/// <param name="Output">The file that was written, or null.</param>
internal sealed record ImageJson(
    string Image, string Format, long Bytes, int Width, int Height, string Color, int BitsPerSample, string? Sampling, bool Progressive,
    int Orientation, int Scale, string? Damage, SizeJson Picture, string? Output)
{
    public JsonMembers Members => new(
        ("image", Image), ("format", Format), ("bytes", Bytes), ("width", Width), ("height", Height), ("color", Color), ("bitsPerSample", BitsPerSample), ("sampling", Sampling),
        ("progressive", Progressive), ("orientation", Orientation), ("scale", Scale), ("damage", Damage),
        ("picture", new JsonMembers(("width", Picture.Width), ("height", Picture.Height))), ("output", Output));

    public static ImageJson Of(string path, long bytes, ImageInfo info, DecodeOptions decoding, SizeJson picture, string? damage, string? output) => new(
        path, info.Format.Name, bytes, info.Width, info.Height, info.Color,
        info.BitsPerSample, info.Sampling, info.Progressive, info.Orientation,
        ScaleOf(info, decoding), damage, picture, output);

    /// <summary>The size of a file's whole picture, upright and at the scale it is decoded at.</summary>
    public static SizeJson SizeOf(ImageInfo info, DecodeOptions decoding)
    {
        int scale = ScaleOf(info, decoding);
        (int width, int height) = ((info.Width + scale - 1) / scale, (info.Height + scale - 1) / scale);
        return info.Orientation >= 5 ? new(height, width) : new(width, height);
    }

    private static int ScaleOf(ImageInfo info, DecodeOptions decoding) =>
        info.Format == ImageFormat.Jpeg ? decoding.ScaleFor(info.Width, info.Height, turned: info.Orientation >= 5) : 1;
}

/// <summary>Columns and rows.</summary>
internal sealed record SizeJson(int Width, int Height);
