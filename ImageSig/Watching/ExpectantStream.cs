using System.Globalization;

namespace ImageSig.Watching;

/// <summary>A stream in which pictures are expected. Complains once where many bytes come without a whole picture, or bytes for long before the first: mostly it is something else.</summary>
/// <param name="stream">The stream; it stays the caller's to close.</param>
/// <param name="name">What it is called.</param>
/// <param name="complain">Told of it.</param>
/// <param name="clock">The clock.</param>
/// <param name="expected">What was expected, for those who sent something else.</param>
internal sealed class ExpectantStream(Stream stream, string name, Action<string> complain, TimeProvider clock, string expected = ExpectantStream.MotionJpeg) : ForwardStream
{
    /// <summary>What a camera's stream mostly is.</summary>
    public const string MotionJpeg = "motion JPEG, as 'rpicam-vid -t 0 --codec mjpeg -o -' writes it";

    private const long MostBytes = 10_000_000;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);
    private long bytes;
    private long? began;
    private bool hasPicture, hasComplained;

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        int read = stream.Read(buffer);
        if (read == 0 || hasComplained)
            return read;
        began ??= clock.GetTimestamp();
        bytes += read;
        // Between two pictures there may be any time, as of a camera that sends one a minute.
        if (bytes > MostBytes || (!hasPicture && clock.GetElapsedTime(began.Value) > Longest))
        {
            complain(string.Create(CultureInfo.InvariantCulture, $"{name}: {bytes:N0} bytes have come, and no whole picture among them; this does not look like {expected}."));
            hasComplained = true;
        }
        return read;
    }

    /// <summary>A picture has come.</summary>
    public void Found() => (bytes, hasPicture) = (0, true);
}
