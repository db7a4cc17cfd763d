using System.Text;

namespace ImageSig.Cli.Manual;

/// <summary>Completion for fish, with what each command and option does.</summary>
internal static class FishCompletion
{
    public static string Of(IReadOnlyList<CommandFacts> commands)
    {
        StringBuilder text = new("# fish completion for imagesig, written by \"imagesig completion fish\"\n");
        foreach (CommandFacts facts in commands)
        {
            string[] below = [.. facts.Below.Select(command => command.Name)];
            string condition = string.Join("; and ", [
                .. facts.Path.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => $"__fish_seen_subcommand_from {word}"),
                .. below.Length > 0 ? [$"not __fish_seen_subcommand_from {string.Join(' ', below)}"] : (string[])[],
            ]);
            foreach ((string name, string description) in facts.Words)
                text.Append($"complete -c imagesig -f -n {Quoted(condition)} -a {name} -d {Quoted(description)}\n");
            foreach (OptionFacts option in facts.Options)
            {
                text.Append($"complete -c imagesig -n {Quoted(condition)}");
                foreach (string name in option.Names)
                    text.Append(name.StartsWith("--", StringComparison.Ordinal) ? $" -l {name[2..]}" : $" -s {name[1..]}");
                if (option.Choices.Count > 0)
                    text.Append($" -x -a {Quoted(string.Join(' ', option.Choices))}");
                else if (option.Value is not null)
                    text.Append(" -r");
                text.Append($" -d {Quoted(option.Description)}\n");
            }
        }
        return text.ToString();
    }

    private static string Quoted(string text) => $"'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";
}
