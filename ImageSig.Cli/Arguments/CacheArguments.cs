using System.CommandLine;
using ImageSig.Cli.Display;

namespace ImageSig.Cli.Arguments;

/// <summary><c>--cache</c>: a folder that keeps pictures, so that they are decoded once and not held in memory.</summary>
internal sealed class CacheArguments
{
    private readonly Option<string> folder = OptionKinds.Path(
        "--cache", "FOLDER", "Folder that keeps the pictures at size, for this run and later ones; made if it is not there. They are then read from it and not held in memory");

    public void AddTo(Command command) => command.Add(folder);

    /// <summary>Opens the cache that was asked for; null where none was.</summary>
    /// <exception cref="IOException">It is no folder, or cannot be made.</exception>
    public ImageCache? Open(ParseResult parse) => parse.GetValue(folder) is { } path ? ImageCache.Open(path) : null;

    /// <summary>Says why a cache does not keep everything, if it does not.</summary>
    public static void Tell(Terminal terminal, ImageCache? cache)
    {
        if (cache?.Problem is { } problem)
            terminal.Complain(problem);
    }
}
