using ImageSig.Cli.Display;
using ImageSig.Cli.Json;

namespace ImageSig.Cli.Watch;

/// <summary>Sends each change to an address, in order, on a thread of its own. What cannot be sent is tried again; what is refused, and the oldest when too many wait, is given up.</summary>
internal sealed class ChangePost : ChangeWorker
{
    private const int MostWaiting = 100;

    private readonly NetworkAddress address;
    private readonly Terminal terminal;
    private readonly Queue<string> waiting = [];

    // What the present trouble has been told of, and what it has cost.
    private readonly HashSet<string> told = [];
    private int lost;

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
                lost++;
                ComplainOnce($"{address.Text}: {MostWaiting} changes wait to be sent", "The oldest are given up.");
            }
            waiting.Enqueue(JsonMembers.Line(change.Members));
            Monitor.PulseAll(Gate);
        }
    }

    protected override void Work()
    {
        Send();
        lock (Gate)
            if (waiting.Count + lost > 0)
                terminal.Complain($"{address.Text}: changes that were not sent: {waiting.Count + lost}.");
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
                Sent(change);
            }
            catch (RefusalException refusal) when (refusal.IsFinal)
            {
                ComplainOnce(refusal.Message, "Changes that are refused are given up.");
                lock (Gate)
                    if (Remove(change))
                        lost++;
            }
            catch (IOException problem)
            {
                ComplainOnce(problem.Message, "It is tried again.");
                if (End.WaitHandle.WaitOne(backoff.Next()))
                    return;
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private void Sent(string change)
    {
        lock (Gate)
        {
            // It was given up while it was on its way.
            if (!Remove(change))
                lost--;
            if (told.Count > 0)
                terminal.Complain($"{address.Text}: changes are sent again{(lost > 0 ? $"; given up until now: {lost}" : "")}.");
            told.Clear();
            lost = 0;
        }
    }

    /// <summary>Removes a change that still waits first.</summary>
    private bool Remove(string change) => waiting.TryPeek(out string? first) && ReferenceEquals(first, change) && waiting.TryDequeue(out _);

    /// <summary>Tells of a trouble, unless that was done since something was sent last.</summary>
    private void ComplainOnce(string problem, string consequence)
    {
        lock (Gate)
            if (told.Add(consequence))
                terminal.Complain($"{problem.TrimEnd('.')}. {consequence}");
    }
}
