namespace ImageSig.Cli.Watch;

/// <summary>How long to wait before something that failed is tried again: a second, then twice as long each time, up to a minute.</summary>
internal sealed class Backoff
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1), Longest = TimeSpan.FromMinutes(1);
    private TimeSpan next = First;

    /// <summary>The time to wait now.</summary>
    public TimeSpan Next()
    {
        TimeSpan wait = next;
        next = 2 * next < Longest ? 2 * next : Longest;
        return wait;
    }

    /// <summary>It has succeeded.</summary>
    public void Reset() => next = First;
}
