using System.CommandLine;
using ImageSig.Cli.Display;

namespace ImageSig.Cli.Arguments;

/// <summary><c>--cache</c>: a folder that keeps pictures, so that they are decoded once and not held in memory.</summary>
internal sealed class CacheArguments
{
    private readonly Option<string> folder = OptionKinds.Path(
        "--cache", "FOLDER", "Folder that keeps the pictures at size, for this run and later ones; made if it is not there. They are then read from it and not held in memory");

    private readonly Option<CacheFloats> floats = OptionKinds.Choice(
        "--cache-floats", "Keep features in the cache too, in so many bits (fc, conv and attention); with 16 the model is another one", [CacheFloats.Single, CacheFloats.Half], kept => kept == CacheFloats.Single ? "32" : "16");

    public void AddTo(Command command) => command.Add(folder);

    /// <summary>The same for a command that takes features of the same samples more than once.</summary>
    public void AddWithFeaturesTo(Command command)
    {
        AddTo(command);
        command.Add(floats);
    }

    /// <summary>Whether features are kept in 16 bits, which makes other models.</summary>
    public bool RoundsFeatures(ParseResult parse) => parse.GetValue(floats) == CacheFloats.Half;

    /// <summary>Opens the cache that was asked for; null where none was.</summary>
    /// <exception cref="IOException">It is no folder, or cannot be made.</exception>
    /// <exception cref="UsageException">Features are to be kept, and there is no folder for them.</exception>
    public ImageCache? Open(ParseResult parse)
    {
        if (parse.GetValue(folder) is { } path)
            return ImageCache.Open(path, parse.GetValue(floats));
        return parse.IsGiven(floats) ? throw new UsageException("--cache-floats says how a cache keeps features; add --cache, or leave it out.") : null;
    }

    /// <summary>Says why a cache does not keep everything, if it does not.</summary>
    public static void Tell(Terminal terminal, ImageCache? cache)
    {
        if (cache?.Problem is { } problem)
            terminal.Complain(problem);
    }
}
