using System.Globalization;
using ImageSig.Imaging;
using ImageSig.Tensors;

namespace ImageSig.Watching;

/// <summary>A stream in which pictures are expected. Complains once where many bytes come without a whole picture, or bytes for long before the first: mostly it is something else.</summary>
/// <param name="stream">The stream; it stays the caller's to close.</param>
/// <param name="name">What it is called.</param>
/// <param name="complain">Told of it.</param>
/// <param name="clock">The clock.</param>
/// <param name="layout">The layout of raw pictures; null for motion JPEG.</param>
internal sealed class ExpectantStream(Stream stream, string name, Action<string> complain, TimeProvider clock, PixelLayout? layout = null) : ForwardStream
{
    private readonly long mostBytes = Math.Max(10_000_000, layout?.WholeLength ?? 0);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);
    private long bytes;
    private long? began;
    private bool hasPicture, hasComplained;

    /// <summary>What is expected, for those who sent something else.</summary>
    public string Expected => layout is { } raw ? RawFrames.Described(raw) : "motion JPEG, as 'rpicam-vid -t 0 --codec mjpeg -o -' writes it";

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        int read = stream.Read(buffer);
        if (read == 0 || hasComplained)
            return read;
        began ??= clock.GetTimestamp();
        bytes += read;
        // Between two pictures there may be any time, as of a camera that sends one a minute.
        if (bytes > mostBytes || (!hasPicture && clock.GetElapsedTime(began.Value) > Longest))
        {
            complain(string.Create(CultureInfo.InvariantCulture, $"{name}: {bytes:N0} bytes have come, and no whole picture among them; this does not look like {Expected}."));
            hasComplained = true;
        }
        return read;
    }

    /// <summary>A picture has come.</summary>
    public void Found() => (bytes, hasPicture) = (0, true);
}
