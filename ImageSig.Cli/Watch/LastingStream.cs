using ImageSig.Cli.Display;
using ImageSig.Tensors;
using ImageSig.Watching;

namespace ImageSig.Cli.Watch;

/// <summary>A camera's stream that is opened again whenever it breaks or ends, until watching is stopped. A picture that breaks off is told as damaged by whoever reads pictures.</summary>
/// <param name="address">The camera.</param>
/// <param name="terminal">Told when it breaks and when it is back.</param>
/// <param name="sight">Told the same.</param>
/// <param name="alive">Called while the camera is away. One that sends is left to whoever takes its pictures: it may send none.</param>
/// <param name="cancellation">Ends it.</param>
internal sealed class LastingStream(NetworkAddress address, Terminal terminal, Sight sight, Action alive, CancellationToken cancellation) : ForwardStream
{
    // A stream that lasts so long is one.
    private static readonly TimeSpan Lasting = TimeSpan.FromSeconds(10);
    private readonly Backoff backoff = new();
    private long opened;
    private Stream? connection;
    private bool isBroken;

    /// <summary>Opens it. To be called once at the beginning: a camera that is not there at the beginning is a mistake mostly.</summary>
    /// <exception cref="IOException">It cannot be opened.</exception>
    public void Open()
    {
        connection = Http.Get(address, cancellation);
        opened = TimeProvider.System.GetTimestamp();
    }

    public override int Read(Span<byte> buffer)
    {
        while (!cancellation.IsCancellationRequested)
        {
            string problem = $"{address.Text}: the stream has ended.";
            try
            {
                if (connection is null)
                {
                    Open();
                    alive();
                }
                int read = connection!.Read(buffer);
                if (read > 0)
                {
                    if (isBroken)
                    {
                        terminal.Complain($"{address.Text}: the stream is back.");
                        sight.Back();
                    }
                    isBroken = false;
                    if (TimeProvider.System.GetElapsedTime(opened) > Lasting)
                        backoff.Reset();
                    return read;
                }
            }
            catch (IOException failure)
            {
                problem = address.Describe(failure);
            }
            catch (OperationCanceledException)
            {
                break;
            }
            connection?.Dispose();
            connection = null;
            if (!isBroken && !cancellation.IsCancellationRequested)
                terminal.Complain($"{problem.TrimEnd('.')}. It is tried again.");
            isBroken = true;
            sight.Lost();
            LivelyWait.For(backoff.Next(), alive, cancellation);
        }
        return 0;
    }

    protected override void Dispose(bool disposing)
    {
        connection?.Dispose();
        base.Dispose(disposing);
    }
}
