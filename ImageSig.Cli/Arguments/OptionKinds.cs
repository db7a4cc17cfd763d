using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using ImageSig.Imaging;
using ImageSig.NN;
using ImageSig.Signature;
using ImageSig.Tensors;

namespace ImageSig.Cli.Arguments;

/// <summary>Options whose wrong values are refused with their name, the value and what would be right.</summary>
internal static class OptionKinds
{
    /// <summary>A whole number from <paramref name="min"/> to <paramref name="max"/>.</summary>
    public static Option<int> Whole(string name, int min, int max, string description) => Whole(name, Bounds.Whole(min, max), description);

    /// <summary>A whole number within <paramref name="bounds"/>.</summary>
    public static Option<int> Whole(string name, Bounds bounds, string description) => new(name)
    {
        Description = description,
        HelpName = "N",
        CustomParser = argument =>
            int.TryParse(Only(argument), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) && bounds.Contains(value)
                ? value
                : Refuse<int>(argument, name, bounds.ToString()),
    };

    /// <summary>A seed: any whole number that fits 64 bits.</summary>
    public static Option<ulong> Seed(string description) => new("--seed")
    {
        Description = description,
        HelpName = "N",
        CustomParser = argument =>
            ulong.TryParse(Only(argument), NumberStyles.None, CultureInfo.InvariantCulture, out ulong value)
                ? value
                : Refuse<ulong>(argument, "--seed", $"a whole number from 0 to {ulong.MaxValue}"),
    };

    /// <summary>A number within <paramref name="bounds"/>.</summary>
    public static Option<double> Number(string name, Bounds bounds, string description) => new(name)
    {
        Description = description,
        HelpName = "R",
        CustomParser = argument =>
            double.TryParse(Only(argument), NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && bounds.Contains(value)
                ? value
                : Refuse<double>(argument, name, bounds.ToString()),
    };

    /// <summary>One of a few words.</summary>
    public static Option<string> Choice(string name, string description, IEnumerable<string> words) => Choice(name, description, [.. words], word => word);

    /// <summary>One of a few values, each with a word.</summary>
    public static Option<T> Choice<T>(string name, string description, IReadOnlyList<T> values, Func<T, string> word)
    {
        string[] words = [.. values.Select(word)];
        return new ChoiceOption<T>(name, words)
        {
            Description = description,
            HelpName = string.Join('|', words),
            CustomParser = argument => Array.IndexOf(words, Only(argument)) is >= 0 and int index
                ? values[index]
                : Refuse<T>(argument, name, $"{string.Join(", ", words[..^1])} or {words[^1]}"),
        };
    }

    /// <summary><c>--name</c>, <c>--name true</c> or <c>--name false</c>.</summary>
    public static Option<bool> Switch(string name, string description) => new(name) { Description = description };

    /// <summary>The bases of log-signatures, in the order of the help.</summary>
    public static IReadOnlyList<LogSignatureBasis> Bases { get; } = [LogSignatureBasis.Words, LogSignatureBasis.Brackets, LogSignatureBasis.Expanded];

    /// <summary>A basis of log-signatures.</summary>
    public static Option<LogSignatureBasis> Basis(string name, string description) =>
        Choice(name, description, Bases, basis => RecipeNames.Of((LogSignatureBasis?)basis));

    /// <summary><c>--fit</c>.</summary>
    public static Option<ImageFit> Fit(string description) => Choice("--fit", description, Enum.GetValues<ImageFit>(), RecipeNames.Of);

    /// <summary>The path of a file or folder.</summary>
    public static Option<string> Path(string name, string kind, string description, params string[] aliases) =>
        new PathOption<string>(name, aliases) { Description = description, HelpName = kind };

    /// <summary>The path of a page, which is HTML whatever its name says.</summary>
    public static Option<string> Page(string name, string description, params string[] aliases) => new PathOption<string>(name, aliases)
    {
        Description = description,
        HelpName = "FILE",
        CustomParser = argument => System.IO.Path.GetExtension(Only(argument)).ToLowerInvariant() is "" or ".html" or ".htm"
            ? Only(argument)
            : Refuse<string>(argument, name, "the name of a page, which ends in .html or .htm"),
    };

    /// <summary>The paths of files, with commas between them.</summary>
    public static Option<string[]> Paths(string name, string kind, string description) => new PathOption<string[]>(name)
    {
        Description = description,
        HelpName = kind,
        CustomParser = argument =>
        {
            string[] paths = Only(argument).Split(',');
            return paths.Contains("") ? Refuse<string[]>(argument, name, kind) : paths;
        },
    };

    /// <summary><c>--quiet</c>: no progress.</summary>
    public static Option<bool> Quiet() => Switch("--quiet", "No progress on standard error");

    /// <summary><c>--threads</c>: all cores where it is not given.</summary>
    public static Option<int> Threads()
    {
        Option<int> threads = Whole("--threads", TrainingOptions.ThreadBounds, "Threads to work with, as many as there are cores unless told otherwise; the results are the same for any number");
        threads.DefaultValueFactory = _ => Environment.ProcessorCount;
        return threads;
    }

    /// <summary>Refuses the value of an argument: <c>--depth is '0'; it must be a whole number from 1 to 12.</c></summary>
    /// <param name="argument">The argument.</param>
    /// <param name="name">Of its option.</param>
    /// <param name="expected">What would be right.</param>
    /// <param name="told">The value as it may be told; null for as it is.</param>
    public static T Refuse<T>(ArgumentResult argument, string name, string expected, string? told = null)
    {
        argument.AddError($"{name} is '{told ?? Only(argument)}'; it must be {expected}.");
        return default!;
    }

    /// <summary>The text of an argument; of a list that is given more than once all of it, as if there were commas in between.</summary>
    public static string Only(ArgumentResult argument) => string.Join(',', argument.Tokens.Select(token => token.Value));
}
