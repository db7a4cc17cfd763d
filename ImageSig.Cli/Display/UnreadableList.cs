using System.CommandLine;
using ImageSig.Cli.Arguments;

namespace ImageSig.Cli.Display;

/// <summary>Files that could not be read as images: one line each on the message stream.</summary>
internal static class UnreadableList
{
    /// <summary><c>--strict</c>.</summary>
    public static Option<bool> Strict() => OptionKinds.Switch("--strict", "End with exit code 1 if a file was left out because it cannot be read");

    /// <summary>Lists them and gives the exit code: failed if there was one and that is not allowed.</summary>
    public static int Tell(Terminal terminal, IReadOnlyCollection<UnreadableImage> unreadable, bool strict)
    {
        foreach (UnreadableImage image in unreadable)
            terminal.Complain($"{image.Path}: {image.Reason}");
        if (unreadable.Count > 0)
            terminal.Complain($"{unreadable.Count} unreadable {(unreadable.Count == 1 ? "file was" : "files were")} left out.");
        return unreadable.Count > 0 && strict ? ExitCode.Failed : ExitCode.Done;
    }
}
