using System.CommandLine;
using System.CommandLine.Parsing;

namespace ImageSig.Cli.Arguments;

/// <summary>A command line that was given another time, perhaps in another folder.</summary>
internal static class SavedArguments
{
    /// <summary>What of it still holds: all but the options that are given again, with relative paths taken from the folder that they began in.</summary>
    /// <param name="saved">The command line of that time.</param>
    /// <param name="folder">The folder in which it was given.</param>
    /// <param name="now">The command line that goes on with it.</param>
    public static IEnumerable<string> Beside(ParseResult saved, string folder, ParseResult now) => saved.CommandResult.Children.SelectMany(given => given switch
    {
        ArgumentResult argument => argument.Tokens.Select(token => From(folder, token.Value)),
        OptionResult { Implicit: false } option when !now.IsGiven(option.Option) => option.Tokens.Count == 0
            ? [option.Option.Name]
            : option.Tokens.SelectMany(token => (string[])[option.Option.Name, Value(option.Option, token.Value, folder)]),
        _ => [],
    });

    private static string Value(Option option, string text, string folder) => option switch
    {
        PathOption<string> => From(folder, text),
        PathOption<string[]> => string.Join(',', text.Split(',').Select(path => From(folder, path))),
        _ => text,
    };

    // In the same folder a path stays as it was written: reports name it.
    private static string From(string folder, string path) => folder == Environment.CurrentDirectory ? path : Path.Combine(folder, path);
}
