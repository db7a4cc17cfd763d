using System.Globalization;
using ImageSig.Imaging;

namespace ImageSig.Watching;

/// <summary>Raw pictures of one size that follow one another without anything between.</summary>
/// <param name="stream">The pictures; it stays the caller's to close.</param>
/// <param name="name">What the stream is called.</param>
/// <param name="layout">What each of them is.</param>
internal sealed class RawFrames(Stream stream, string name, PixelLayout layout) : FrameReader
{
    private readonly byte[] buffer = new byte[layout.WholeLength];
    private bool hasRead, isCut;

    /// <inheritdoc/>
    public override long Lost => isCut ? 1 : 0;

    /// <summary>What such a stream is.</summary>
    public static string Described(PixelLayout layout) => string.Create(CultureInfo.InvariantCulture, $"pictures of {layout.Width}x{layout.Height} pixels, {layout.WholeLength:N0} bytes each");

    /// <inheritdoc/>
    public override bool TryReadFrame(out ReadOnlySpan<byte> frame)
    {
        int read = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        frame = buffer;
        isCut = read > 0 && read < buffer.Length;
        // Pixels that begin so are rare, and a camera that was told to send JPEG is not.
        if (!hasRead && read > 2 && buffer.AsSpan(0, 3) is [0xFF, 0xD8, 0xFF])
            throw new IOException($"{name}: JPEG has come where {Described(layout)} were expected; leave --stdin-raw out, or have the camera send raw pictures.");
        hasRead = true;
        return read == buffer.Length;
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
    }
}
