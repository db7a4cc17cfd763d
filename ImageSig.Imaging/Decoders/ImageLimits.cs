namespace ImageSig.Imaging.Decoders;

/// <summary>The check that stands before every allocation that a file's own words decide.</summary>
internal static class ImageLimits
{
    /// <summary>Refuses a picture without pixels and one beyond the limits.</summary>
    public static void Check(string format, long width, long height, DecodeOptions options)
    {
        if (width < 1 || height < 1)
            throw new ImageFormatException($"{format}: the picture is declared as {width}x{height} pixels, each side must be at least 1; the file is damaged.");
        long limit = Math.Min(options.MaxPixels, Array.MaxLength / 3);
        if (width > limit / height)
            throw new ImageFormatException($"{format}: the picture is declared as {width}x{height} pixels, the limit is {limit} in all; save it with fewer pixels.");
    }
}
