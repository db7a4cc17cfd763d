using System.CommandLine;

namespace ImageSig.Cli.Arguments;

/// <summary>What someone may have meant by a word that is not known.</summary>
internal static class Suggestion
{
    /// <summary>The nearest option, or command, of <paramref name="command"/>; null where none is near.</summary>
    public static string? For(string word, Command command) => Among(word, word.StartsWith('-')
        ? command.Options.Where(option => !option.Hidden).SelectMany(option => (string[])[option.Name, .. option.Aliases]).Append("--help")
        : command.Subcommands.Select(known => known.Name));

    /// <summary>The nearest of <paramref name="names"/>; null where none is near.</summary>
    public static string? Among(string word, IEnumerable<string> names)
    {
        (string Name, int Distance)[] near =
        [
            .. names.Where(name => name.Length > 2).Select(name => (name, Distance(word, name))).Where(candidate => candidate.Item2 <= Math.Max(1, candidate.name.Length / 4)),
        ];
        return near.Length == 0 ? null : near.MinBy(candidate => candidate.Distance).Name;
    }

    /// <summary>Letters to add, take away, change or swap with their neighbor until both words are equal (Damerau and Levenshtein's, each letter touched once).</summary>
    internal static int Distance(string left, string right)
    {
        int[,] distance = new int[left.Length + 1, right.Length + 1];
        for (int i = 0; i <= left.Length; i++)
            for (int j = 0; j <= right.Length; j++)
            {
                distance[i, j] = i == 0 ? j : j == 0 ? i : Math.Min(
                    Math.Min(distance[i - 1, j], distance[i, j - 1]) + 1,
                    distance[i - 1, j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                    distance[i, j] = Math.Min(distance[i, j], distance[i - 2, j - 2] + 1);
            }
        return distance[left.Length, right.Length];
    }
}
