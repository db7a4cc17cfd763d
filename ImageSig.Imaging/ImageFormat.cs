using ImageSig.Imaging.Decoders;
using ImageSig.Imaging.Formats;

namespace ImageSig.Imaging;

/// <summary>One kind of image file: what it is called, how its bytes are recognized, how it is read.</summary>
/// <remarks>A kind of your own derives from this and is handed to <see cref="ImageFormats.Register"/>; whatever reads pictures then reads it. Its members are called
/// from many threads at once. Before <see cref="Decode"/>, the size that <see cref="Identify"/> tells is held against the limits. An exception that is neither
/// <see cref="ImageFormatException"/> nor <see cref="OperationCanceledException"/> reaches the caller as an <see cref="ImageFormatException"/> of one line.</remarks>
public abstract class ImageFormat
{
    /// <summary>JPEG, read and written.</summary>
    public static ImageFormat Jpeg => JpegFormat.Instance;

    /// <summary>Portable Network Graphics, read and written.</summary>
    public static ImageFormat Png => PngFormat.Instance;

    /// <summary>Windows and OS/2 bitmap, read.</summary>
    public static ImageFormat Bmp => BmpFormat.Instance;

    /// <summary>Netpbm: PBM, PGM and PPM, plain and raw, read; PPM written.</summary>
    public static ImageFormat Netpbm => NetpbmFormat.Instance;

    /// <summary>What people call it: JPEG.</summary>
    public abstract string Name { get; }

    /// <summary>How names of such files end, the usual ending first: <c>.jpg</c>, <c>.jpeg</c>. For people: files are told apart by content.</summary>
    public abstract IReadOnlyList<string> Extensions { get; }

    /// <summary>Whether such files begin with nothing of their own, so that <see cref="Recognizes"/> can only guess. Guesses are made after every other format was asked.</summary>
    public virtual bool IsGuess => false;

    /// <summary>Whether a file is of this kind, by its first bytes.</summary>
    /// <param name="file">The file, or its beginning; perhaps nothing.</param>
    public abstract bool Recognizes(ReadOnlySpan<byte> file);

    /// <summary>Reads the headers alone.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="options">What the caller allows and wants.</param>
    /// <exception cref="ImageFormatException">The headers are damaged.</exception>
    public abstract ImageInfo Identify(ReadOnlySpan<byte> file, DecodeOptions options);

    /// <summary>Decodes a whole file, as it is stored: <see cref="ImageInfo.Orientation"/> is carried out afterwards.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="options">What the caller allows and wants; limits and cancellation are binding.</param>
    /// <exception cref="ImageFormatException">The file is damaged; the message is one line.</exception>
    /// <exception cref="OperationCanceledException"><see cref="DecodeOptions.CancellationToken"/> was signaled.</exception>
    public abstract Image Decode(ReadOnlySpan<byte> file, DecodeOptions options);

    /// <summary>Whether it holds to the limits, turns pictures upright and refuses in our words by itself: this library's own.</summary>
    internal virtual bool IsOurs => false;

    /// <summary>Decodes row by row out of a file that need not be in memory; null where that cannot be done.</summary>
    internal virtual RowDecoder? Rows => null;

    /// <summary>Reads the headers of a file that need not be in memory; null where that cannot be done.</summary>
    internal virtual HeaderReader? Headers => null;

    /// <summary>Decodes a file in memory row by row.</summary>
    /// <returns>False where that cannot be done, and nothing was.</returns>
    internal bool TryDecode(ReadOnlySpan<byte> file, DecodeOptions options, RowTarget target)
    {
        if (Rows is not { } decode)
            return false;
        RowDecoding.Into(file, options, decode, target);
        return true;
    }

    /// <summary><see cref="Name"/>.</summary>
    public sealed override string ToString() => Name;
}
