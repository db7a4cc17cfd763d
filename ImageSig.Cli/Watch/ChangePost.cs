using ImageSig.Cli.Display;
using ImageSig.Cli.Json;

namespace ImageSig.Cli.Watch;

/// <summary>Sends each change to an address, in order, on a thread of its own. What cannot be sent is tried again; when too many wait the oldest is given up.</summary>
internal sealed class ChangePost : IChangeListener
{
    private const int MostWaiting = 100;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly NetworkAddress address;
    private readonly Terminal terminal;
    private readonly Queue<string> waiting = [];
    private readonly CancellationTokenSource end = new();
    private readonly Thread thread;
    private readonly object gate = new();
    private bool isClosing;

    /// <param name="terminal">Told when an address does not answer, and what is given up.</param>
    /// <param name="address">Where changes go.</param>
    public ChangePost(Terminal terminal, NetworkAddress address)
    {
        (this.terminal, this.address) = (terminal, address);
        thread = new Thread(Send) { IsBackground = true, Name = "post" };
        thread.Start();
    }

    public void Changed(WatchJson change)
    {
        lock (gate)
        {
            if (waiting.Count == MostWaiting)
            {
                waiting.Dequeue();
                terminal.Complain($"{address.Text}: {MostWaiting} changes wait to be sent; the oldest is given up.");
            }
            waiting.Enqueue(ResultJson.Line(change));
            Monitor.PulseAll(gate);
        }
    }

    /// <summary>Sends what waits, for a few seconds at most.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            isClosing = true;
            Monitor.PulseAll(gate);
        }
        if (!thread.Join(Patience))
            end.Cancel();
        thread.Join();
        end.Dispose();
    }

    private void Send()
    {
        Backoff backoff = new();
        while (true)
        {
            string change;
            lock (gate)
            {
                while (waiting.Count == 0 && !isClosing)
                    Monitor.Wait(gate);
                if (waiting.Count == 0)
                    return;
                change = waiting.Peek();
            }
            try
            {
                Http.Post(address, change, end.Token);
                backoff.Reset();
                lock (gate)
                    if (waiting.TryPeek(out string? first) && ReferenceEquals(first, change))
                        waiting.Dequeue();
            }
            catch (IOException problem)
            {
                terminal.Complain($"{problem.Message.TrimEnd('.')}. It is tried again.");
                if (end.Token.WaitHandle.WaitOne(backoff.Next()))
                    return;
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }
}
