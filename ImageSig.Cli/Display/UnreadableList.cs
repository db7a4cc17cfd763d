namespace ImageSig.Cli.Display;

/// <summary>Files that could not be read as images: one line each on the message stream.</summary>
internal static class UnreadableList
{
    /// <summary>Lists them and gives the exit code: failed if there was one.</summary>
    public static int Tell(Terminal terminal, IReadOnlyCollection<UnreadableImage> unreadable)
    {
        foreach (UnreadableImage image in unreadable)
            terminal.Complain($"{image.Path}: {image.Reason}");
        if (unreadable.Count > 0)
            terminal.Complain($"{unreadable.Count} unreadable {(unreadable.Count == 1 ? "file was" : "files were")} left out.");
        return unreadable.Count == 0 ? ExitCode.Done : ExitCode.Failed;
    }
}
