using ImageSig.Tensors;

namespace ImageSig.Cli.Display;

/// <summary>A stream that nobody has to wait for once the work was stopped: a pipe may be silent for ever, and a read from it does not see a token.</summary>
/// <param name="inner">The stream; closed with this one.</param>
/// <param name="cancellation">The stop.</param>
internal sealed class StoppableStream(Stream inner, CancellationToken cancellation) : ForwardStream
{
    private const int Piece = 1 << 16;

    // Not the caller's: a read that is given up may fill it at any time.
    private readonly byte[] read = new byte[Piece];

    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public override int Read(Span<byte> buffer)
    {
        int wanted = Math.Min(buffer.Length, read.Length);
        // On a thread of its own: those of the pool are for work.
        Task<int> reading = Task.Factory.StartNew(() => inner.Read(read, 0, wanted), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        // Waits for no longer than the stop; what went wrong comes as itself.
        Task.WaitAny([reading], cancellation);
        int count = reading.GetAwaiter().GetResult();
        read.AsSpan(0, count).CopyTo(buffer);
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        // Closing would wait for a read that was given up.
        if (disposing && !cancellation.IsCancellationRequested)
            inner.Dispose();
        base.Dispose(disposing);
    }
}
