using System.Net.Sockets;
using System.Text;

namespace ImageSig.Cli.Watch;

/// <summary>Tells systemd that the program works (<c>Type=notify</c>, <c>WatchdogSec=</c>), so that one that hangs is started anew. Does nothing under anybody else.</summary>
internal sealed class ServiceManager : IDisposable
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(5);
    private readonly object gate = new();
    private readonly Socket? socket;
    private long told;

    /// <param name="address">The socket's name: that of <c>NOTIFY_SOCKET</c>; null or empty for none.</param>
    public ServiceManager(string? address)
    {
        if (string.IsNullOrEmpty(address))
            return;
        socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        try
        {
            // A name that starts with @ is not in the file system.
            socket.Connect(new UnixDomainSocketEndPoint(address.StartsWith('@') ? $"\0{address[1..]}" : address));
        }
        catch (SocketException)
        {
            socket.Dispose();
            socket = null;
        }
    }

    /// <summary>Begins.</summary>
    public void Ready() => Tell("READY=1");

    /// <summary>Still works; told every few seconds however often it is said, by any thread.</summary>
    public void Alive()
    {
        lock (gate)
        {
            if (told != 0 && TimeProvider.System.GetElapsedTime(told) < Pace)
                return;
            told = TimeProvider.System.GetTimestamp();
        }
        Tell("WATCHDOG=1");
    }

    /// <summary>Ends.</summary>
    public void Stopping() => Tell("STOPPING=1");

    /// <inheritdoc/>
    public void Dispose() => socket?.Dispose();

    private void Tell(string state)
    {
        try
        {
            socket?.Send(Encoding.ASCII.GetBytes(state));
        }
        catch (SocketException)
        {
            // Whoever does not listen is not told.
        }
    }
}
