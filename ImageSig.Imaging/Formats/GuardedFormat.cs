using ImageSig.Imaging.Decoders;

namespace ImageSig.Imaging.Formats;

/// <summary>The one door to a decoder that was registered. Ours hold to the limits by themselves; such a one is held to them here: the size is checked before it decodes,
/// and what it throws becomes one line for people.</summary>
internal static class GuardedFormat
{
    /// <summary>The picture, upright where that is asked for.</summary>
    public static Image Decode(ImageFormat format, ReadOnlySpan<byte> file, DecodeOptions options)
    {
        ImageInfo info = Identify(format, file, options);
        options.CancellationToken.ThrowIfCancellationRequested();
        try
        {
            Image stored = format.Decode(file, options);
            options.CancellationToken.ThrowIfCancellationRequested();
            return options.ApplyOrientation ? Exif.Upright(stored, info.Orientation) : stored;
        }
        catch (Exception failure) when (IsForeign(failure))
        {
            throw Refusal(format, failure);
        }
    }

    /// <summary>What the headers say, within the limits.</summary>
    public static ImageInfo Identify(ImageFormat format, ReadOnlySpan<byte> file, DecodeOptions options)
    {
        if (format.IsOurs)
            return format.Identify(file, options);
        try
        {
            ImageInfo info = format.Identify(file, options);
            ImageLimits.Check(format.Name, info.Width, info.Height, options);
            return info;
        }
        catch (Exception failure) when (IsForeign(failure))
        {
            throw Refusal(format, failure);
        }
    }

    private static bool IsForeign(Exception failure) => failure is not (ImageFormatException or OperationCanceledException or OutOfMemoryException);

    private static ImageFormatException Refusal(ImageFormat format, Exception failure) =>
        new($"{format.Name}: {failure.Message.ReplaceLineEndings(" ").Trim()}", failure);
}
