namespace ImageSig.Watching;

/// <summary>Names the files that cannot be read, each once, and of those of an hour the first alone: a camera that sends nothing else does not fill the log.</summary>
/// <param name="complain">Told of them.</param>
/// <param name="clock">The clock.</param>
internal sealed class DamagedFiles(Action<string> complain, TimeProvider clock)
{
    /// <summary>Files that are named in an hour.</summary>
    public const int MostNamed = 20;

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private readonly HashSet<string> named = [];
    private long began;
    private int inHour;

    /// <summary>Names a file.</summary>
    /// <param name="file">Its path.</param>
    /// <param name="problem">What is wrong with it.</param>
    public void Name(string file, string problem)
    {
        if (inHour > 0 && clock.GetElapsedTime(began) >= Hour)
            inHour = 0;
        if (inHour == MostNamed || !named.Add(file))
            return;
        if (inHour == 0)
            began = clock.GetTimestamp();
        inHour++;
        complain($"{file}: {problem}");
        if (inHour == MostNamed)
            complain($"{MostNamed} damaged files were named; others are counted alone for an hour.");
    }
}
