using System.CommandLine;
using System.Globalization;
using System.Text;
using ImageSig.Cli.Commands;
using ImageSig.Cli.Manual;

namespace ImageSig.Tests.Readme;

/// <summary>docs/cli.md, from the commands themselves: what they are, take and mean.</summary>
internal static class CommandReference
{
    private const string Beginning = """
        # Commands

        Written by a test from the definitions of the commands (`CommandReferenceTests`), as `--help`, the manual page and the shells' completions are; so do not change it here: [how](../CONTRIBUTING.md#how-things-are-done).
        `imagesig help train` and `imagesig train --help` say the same of one command.


        """;

    public static string Of(IReadOnlyList<CommandFacts> commands)
    {
        CommandFacts[] leaves = [.. commands.Where(facts => !facts.Below.Any())];
        StringBuilder text = new(Beginning.ReplaceLineEndings("\n"));
        text.Append("| command | does |\n|---|---|\n");
        foreach (CommandFacts facts in leaves)
            text.Append($"| [{facts.Path}](#{facts.Path.Replace(' ', '-')}) | {Cell(facts.Command.Description)} |\n");
        text.Append($"\nAlso: {string.Join(", ", Topic.All.Select(topic => $"[{topic.Title.ToLowerInvariant()}](#{topic.Title.ToLowerInvariant().Replace(' ', '-')})"))}.\n");
        foreach (CommandFacts facts in leaves)
            Write(text, facts);
        foreach (Topic topic in Topic.All)
        {
            text.Append($"\n## {topic.Title}\n\n| | |\n|---|---|\n");
            foreach ((string term, string meaning) in topic.Entries)
                text.Append($"| `{term}` | {Cell(meaning)} |\n");
        }
        return text.ToString();
    }

    private static void Write(StringBuilder text, CommandFacts facts)
    {
        text.Append($"\n## {facts.Path}\n\n`imagesig {string.Join(' ', [facts.Path, .. facts.Arguments])} [options]`\n\n{Plain(facts.Command.Description)}\n\n| option | |\n|---|---|\n");
        foreach (Argument argument in facts.Command.Arguments.Where(argument => !argument.Hidden))
            text.Append($"| {argument.Name} | {Cell(argument.Description)} |\n");
        foreach (Option option in facts.Command.Options.Where(option => !option.Hidden && option is not HelpSwitch))
        {
            OptionFacts shown = OptionFacts.Of(option);
            string value = shown.Value is null ? "" : $" {shown.Value.Replace("|", "\\|", StringComparison.Ordinal)}";
            text.Append($"| `{string.Join(", ", shown.Names)}{value}` | {Cell(shown.Description)}{Default(option)} |\n");
        }
        if (facts.Examples.Count > 0)
            text.Append($"\n```sh\n{string.Join('\n', facts.Examples)}\n```\n");
    }

    /// <summary>What an option is where it is not given; nothing where that is off, told in its description, or the machine's.</summary>
    private static string Default(Option option) =>
        option.HasDefaultValue && option.Name != "--threads" && option.ValueType != typeof(bool) && option.GetDefaultValue() is string or IFormattable
            ? $" [default: {Plain(Convert.ToString(option.GetDefaultValue(), CultureInfo.InvariantCulture))}]"
            : "";

    private static string Cell(string? text) => Plain(text).Replace("|", "\\|", StringComparison.Ordinal);

    /// <summary>A text in which no letter means anything to Markdown.</summary>
    private static string Plain(string? text) => string.Concat((text ?? "").ReplaceLineEndings(" ").Select(letter => letter is '*' or '_' or '<' or '[' or ']' or '`' ? $"\\{letter}" : letter.ToString()));
}
