namespace ImageSig.Cli.Watch;

/// <summary>Whether anything is seen: a picture has been classified since the source was there last. Told by several threads.</summary>
internal sealed class Sight
{
    private readonly object gate = new();
    private bool isBroken, sees;

    /// <summary>Raised when <see cref="Sees"/> may be another one.</summary>
    public event Action? Changed;

    /// <summary>Whether the last picture that was classified came from where pictures still come from.</summary>
    public bool Sees
    {
        get
        {
            lock (gate)
                return sees;
        }
    }

    /// <summary>The source is away: what still waits to be classified came before that.</summary>
    public void Lost() => Set(broken: true, classified: false);

    /// <summary>The source is there again; its pictures will tell what they show.</summary>
    public void Back() => Set(broken: false, classified: false);

    /// <summary>A picture has been classified, or passed over since it is not the hour.</summary>
    public void Seen() => Set(broken: null, classified: true);

    private void Set(bool? broken, bool classified)
    {
        lock (gate)
        {
            isBroken = broken ?? isBroken;
            bool now = !isBroken && (sees || classified);
            if (now == sees)
                return;
            sees = now;
        }
        Changed?.Invoke();
    }
}
