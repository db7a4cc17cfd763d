using ImageSig.Imaging.Decoders;
using ImageSig.Imaging.Formats;

namespace ImageSig.Imaging;

/// <summary>What an image file says about itself, found without decoding it.</summary>
/// <param name="Format">Its format, by content.</param>
/// <param name="Width">Columns as stored, before turning.</param>
/// <param name="Height">Rows as stored, before turning.</param>
/// <param name="BitsPerSample">Bits of one sample, or of one palette index.</param>
/// <param name="Color">What the samples are, in words: YCbCr, gray, RGB with alpha, palette …</param>
public sealed record ImageInfo(ImageFormat Format, int Width, int Height, int BitsPerSample, string Color)
{
    /// <summary>How much of the color a JPEG stores, as 4:2:0; null where that is no question.</summary>
    public string? Sampling { get; init; }

    /// <summary>Whether the file gives a coarse picture first: a progressive JPEG, an interlaced PNG.</summary>
    public bool Progressive { get; init; }

    /// <summary>The camera's note on how it was held, 1…8 as in EXIF; 1 is upright.</summary>
    public int Orientation { get; init; } = 1;

    /// <summary>Reads the headers of a file, and no more of it than they need.</summary>
    /// <exception cref="ImageFormatException">The file is not an image that can be read; the message starts with the path.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static ImageInfo Load(string path, DecodeOptions? options = null)
    {
        options ??= DecodeOptions.Default;
        try
        {
            using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            if (stream.CanSeek)
            {
                using FileBytes file = new(stream.SafeFileHandle);
                if (ImageFormats.Find(file.Look(0)).Headers is { } read)
                    return read(file, options);
            }
            return Image.WithWhole(stream, options, file => Read(file, options));
        }
        catch (ImageFormatException failure)
        {
            throw new ImageFormatException($"{path}: {failure.Message}", failure);
        }
    }

    /// <summary>Reads the headers of a file held in memory.</summary>
    /// <exception cref="ImageFormatException">The bytes are not an image that can be read.</exception>
    public static ImageInfo Read(ReadOnlySpan<byte> file, DecodeOptions? options = null)
    {
        options ??= DecodeOptions.Default;
        return GuardedFormat.Identify(ImageFormats.Find(file), file, options);
    }
}
