using ImageSig.Cli.Display;
using ImageSig.Cli.Json;

namespace ImageSig.Cli.Watch;

/// <summary>Sends each change to an address, in order, on a thread of its own. What cannot be sent is tried again; when too many wait the oldest is given up.</summary>
internal sealed class ChangePost : ChangeWorker
{
    private const int MostWaiting = 100;

    private readonly NetworkAddress address;
    private readonly Terminal terminal;
    private readonly Queue<string> waiting = [];

    /// <param name="terminal">Told when an address does not answer, and what is given up.</param>
    /// <param name="address">Where changes go.</param>
    public ChangePost(Terminal terminal, NetworkAddress address)
    {
        (this.terminal, this.address) = (terminal, address);
        Start("post");
    }

    public override void Changed(WatchJson change)
    {
        lock (Gate)
        {
            if (waiting.Count == MostWaiting)
            {
                waiting.Dequeue();
                terminal.Complain($"{address.Text}: {MostWaiting} changes wait to be sent; the oldest is given up.");
            }
            waiting.Enqueue(JsonMembers.Line(change.Members));
            Monitor.PulseAll(Gate);
        }
    }

    protected override void Work()
    {
        Send();
        lock (Gate)
            if (waiting.Count > 0)
                terminal.Complain($"{address.Text}: changes that were not sent: {waiting.Count}.");
    }

    /// <summary>Sends until there is nothing more to send, or no more time.</summary>
    private void Send()
    {
        Backoff backoff = new();
        while (true)
        {
            string change;
            lock (Gate)
            {
                while (waiting.Count == 0 && !IsClosing)
                    Monitor.Wait(Gate);
                if (waiting.Count == 0)
                    return;
                change = waiting.Peek();
            }
            try
            {
                Http.Post(address, change, End);
                backoff.Reset();
                lock (Gate)
                    if (waiting.TryPeek(out string? first) && ReferenceEquals(first, change))
                        waiting.Dequeue();
            }
            catch (IOException problem)
            {
                terminal.Complain($"{problem.Message.TrimEnd('.')}. It is tried again.");
                if (End.WaitHandle.WaitOne(backoff.Next()))
                    return;
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }
}
