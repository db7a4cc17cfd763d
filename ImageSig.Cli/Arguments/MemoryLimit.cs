using System.CommandLine;
using ImageSig.Cli.Display;
using ImageSig.Tensors;

namespace ImageSig.Cli.Arguments;

/// <summary><c>--memory</c>: how much a command may take, checked before it begins.</summary>
internal static class MemoryLimit
{
    private const long Megabyte = 1_000_000;

    public static Option<int> Option() =>
        OptionKinds.Whole("--memory", 1, int.MaxValue, "Megabytes that arrays and working memory may take; what needs more is refused before it begins [default: half of this machine's memory]");

    /// <summary>The limit in bytes.</summary>
    public static long Of(ParseResult parse, Option<int> option) =>
        parse.IsGiven(option) ? parse.GetValue(option) * Megabyte : GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2;

    /// <summary>Refuses what needs more than the limit.</summary>
    /// <exception cref="SettingException">It does; the message says how much, and what to do.</exception>
    public static void Check(string what, double bytes, long limit, string advice)
    {
        if (bytes > limit)
            throw new SettingException($"{what} would take {Quantity.Size((long)bytes)} of memory, more than the limit of {Quantity.Size(limit)}; {advice}.");
    }
}
