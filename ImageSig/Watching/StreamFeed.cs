using ImageSig.Imaging;

namespace ImageSig.Watching;

/// <summary>The pictures of a stream. A thread reads them as they come, so that a camera never waits; whoever takes one gets the newest, and those between
/// are counted as dropped.</summary>
internal sealed class StreamFeed : FrameFeed
{
    private readonly string name;
    private readonly PixelLayout? layout;
    private readonly ExpectantStream expectant;
    private readonly FrameReader reader;
    private readonly bool dropsOld;
    private readonly object gate = new();

    // The reader writes the newest picture into the one buffer, whoever takes it gets the other.
    private byte[] newest = [], taken = [];
    private int length;
    private bool isNew, hasEnded;
    private long frames, number, dropped, damaged;
    private Exception? failure;

    /// <summary>Begins to read.</summary>
    /// <param name="stream">The pictures; the stream stays the caller's to close.</param>
    /// <param name="dropsOld">Whether old pictures are dropped for newer ones; otherwise the stream is read no faster than pictures are taken.</param>
    /// <param name="name">What the stream is called.</param>
    /// <param name="complain">Told where the stream does not look like pictures.</param>
    /// <param name="layout">The layout of raw pictures; null for motion JPEG.</param>
    public StreamFeed(Stream stream, bool dropsOld, string name, Action<string> complain, PixelLayout? layout = null)
    {
        (this.dropsOld, this.name, this.layout) = (dropsOld, name, layout);
        expectant = new ExpectantStream(stream, name, complain, TimeProvider.System, layout);
        reader = FrameReader.Of(expectant, name, layout);
        // Reading may wait for ever: the thread does not keep the process alive.
        new Thread(Read) { IsBackground = true, Name = "frames" }.Start();
    }

    /// <inheritdoc/>
    public override PixelLayout? Layout => layout;

    /// <inheritdoc/>
    public override long Frames => Locked(ref frames);

    /// <inheritdoc/>
    public override long Number => number;

    /// <inheritdoc/>
    public override long Dropped => Locked(ref dropped);

    /// <inheritdoc/>
    public override long Damaged => Locked(ref damaged);

    /// <inheritdoc/>
    public override bool TryTake(out ReadOnlySpan<byte> frame, CancellationToken cancellationToken)
    {
        using CancellationTokenRegistration wake = cancellationToken.Register(Wake);
        lock (gate)
        {
            while (!isNew && !hasEnded)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Monitor.Wait(gate);
            }
            cancellationToken.ThrowIfCancellationRequested();
            frame = default;
            if (!isNew)
                return failure is OutOfMemoryException ? throw failure
                    : failure is not null ? throw new IOException(failure.Message, failure)
                    : frames > 0 ? false
                    : throw new IOException($"{name}: the stream ended without one whole picture; expected {(layout is null ? "is" : "are")} {expectant.Expected}.");
            (newest, taken, isNew, number) = (taken, newest, false, frames);
            frame = taken.AsSpan(0, length);
            Monitor.PulseAll(gate);
            return true;
        }
    }

    private long Locked(ref long count)
    {
        lock (gate)
            return count;
    }

    private void Wake()
    {
        lock (gate)
            Monitor.PulseAll(gate);
    }

    private void Read()
    {
        Exception? problem = null;
        try
        {
            while (reader.TryReadFrame(out ReadOnlySpan<byte> frame))
                Put(frame);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ObjectDisposedException or OutOfMemoryException)
        {
            problem = exception;
        }
        lock (gate)
        {
            (hasEnded, failure, damaged) = (true, problem, reader.Lost);
            Monitor.PulseAll(gate);
        }
        reader.Dispose();
    }

    private void Put(ReadOnlySpan<byte> frame)
    {
        expectant.Found();
        lock (gate)
        {
            while (isNew && !dropsOld)
                Monitor.Wait(gate);
            if (isNew)
                dropped++;
            // Grown in steps: JPEGs of a camera differ in length, and no two thousand arrays should lie about.
            if (newest.Length < frame.Length)
                newest = new byte[layout is null ? 2 * frame.Length : frame.Length];
            frame.CopyTo(newest);
            (length, isNew, damaged) = (frame.Length, true, reader.Lost);
            frames++;
            Monitor.PulseAll(gate);
        }
    }
}
