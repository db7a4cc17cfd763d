namespace ImageSig.Watching;

/// <summary>Waiting that shows signs of life.</summary>
internal static class LivelyWait
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(1);

    /// <summary>Waits, for less where it is canceled.</summary>
    /// <param name="time">How long.</param>
    /// <param name="alive">Called at the beginning, and every second.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static void For(TimeSpan time, Action alive, CancellationToken cancellationToken)
    {
        for (TimeSpan left = time; left > TimeSpan.Zero && !cancellationToken.IsCancellationRequested; left -= Step)
        {
            alive();
            cancellationToken.WaitHandle.WaitOne(left < Step ? left : Step);
        }
    }
}
