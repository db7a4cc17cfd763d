using System.CommandLine;

namespace ImageSig.Cli.Arguments;

/// <summary>Tells an option that was written on the command line from one that stands at its default.</summary>
internal static class GivenOptions
{
    /// <summary>The value of <paramref name="option"/> if it was given, else <paramref name="otherwise"/>.</summary>
    public static T ValueOr<T>(this ParseResult parse, Option<T> option, T otherwise) =>
        parse.IsGiven(option) ? parse.GetValue(option)! : otherwise;

    /// <summary>Whether <paramref name="option"/> stands on the command line.</summary>
    public static bool IsGiven(this ParseResult parse, Option option) => parse.GetResult(option) is { Implicit: false };
}
