using ImageSig.Imaging;

namespace ImageSig.Watching;

/// <summary>Takes the pictures out of a stream, one after the other.</summary>
internal abstract class FrameReader : IDisposable
{
    /// <summary>Pictures that were begun and did not come whole.</summary>
    public abstract long Lost { get; }

    /// <summary>Raw pixels where a layout is given, else motion JPEG.</summary>
    public static FrameReader Of(Stream stream, string name, PixelLayout? layout) => layout is { } raw ? new RawFrames(stream, name, raw) : new JpegFrames(stream);

    /// <summary>The bytes of the next whole picture, valid until the next call.</summary>
    /// <returns>False at the stream's end.</returns>
    /// <exception cref="IOException">The stream cannot be read on, or holds something else.</exception>
    public abstract bool TryReadFrame(out ReadOnlySpan<byte> frame);

    /// <inheritdoc/>
    public abstract void Dispose();

    private sealed class JpegFrames(Stream stream) : FrameReader
    {
        private readonly MotionJpegReader reader = new(stream);

        public override long Lost => reader.Lost;

        public override bool TryReadFrame(out ReadOnlySpan<byte> frame) => reader.TryReadFrame(out frame);

        public override void Dispose() => reader.Dispose();
    }
}
