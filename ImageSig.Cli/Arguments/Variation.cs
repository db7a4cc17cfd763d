using System.CommandLine;

namespace ImageSig.Cli.Arguments;

/// <summary>An option of <c>train</c> and the values that a sweep tries.</summary>
/// <param name="Name">Without its dashes.</param>
/// <param name="Values">Each once, as they were written.</param>
internal sealed record Variation(string Name, IReadOnlyList<string> Values)
{
    /// <summary><c>--vary</c>.</summary>
    public static Option<Variation[]> Option() => new("--vary")
    {
        Description = "An option of train and the values to try, with commas between them, or with | where a value holds commas; several such are tried in all combinations",
        HelpName = "NAME=VALUE,VALUE",
        Arity = ArgumentArity.ZeroOrMore,
        CustomParser = argument =>
        {
            List<Variation> variations = [];
            foreach (string text in argument.Tokens.Select(token => token.Value))
            {
                string[] sides = text.Split('=', 2);
                string[] values = sides.Length < 2 ? [] : [.. sides[1].Split(sides[1].Contains('|', StringComparison.Ordinal) ? '|' : ',').Select(value => value.Trim())];
                Variation variation = new(sides[0].TrimStart('-'), values);
                if (variation.Name.Length == 0 || values.Length == 0 || values.Contains("") || values.Distinct().Count() != values.Length)
                    argument.AddError($"--vary is '{text}'; it must be an option of train, = and its values, each once, such as depth=2,3.");
                else if (variations.Any(other => other.Name == variation.Name))
                    argument.AddError($"--vary names {variation.Name} twice; give all its values at once.");
                else
                    variations.Add(variation);
            }
            return [.. variations];
        },
    };

    /// <summary>One value of each, in all combinations: the last one changes fastest.</summary>
    public static IEnumerable<IReadOnlyList<string>> Combinations(IReadOnlyList<Variation> variations) => variations.Aggregate(
        (IEnumerable<IReadOnlyList<string>>)[[]],
        (combinations, variation) => combinations.SelectMany(combination => variation.Values.Select(value => (IReadOnlyList<string>)[.. combination, value])));
}
