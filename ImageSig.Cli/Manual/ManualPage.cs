using System.Text;
using ImageSig.Cli.Commands;

namespace ImageSig.Cli.Manual;

/// <summary>The manual page imagesig(1), in roff's macros for manuals, from the commands themselves.</summary>
internal static class ManualPage
{
    public static string Of(IReadOnlyList<CommandFacts> commands)
    {
        CommandFacts program = commands[0];
        StringBuilder text = new($".TH IMAGESIG 1 \"\" \"imagesig {ProgramCommand.Version}\" \"User Commands\"\n");
        text.Append(".SH NAME\nimagesig \\- image recognition with path signatures\n.SH SYNOPSIS\n.B imagesig\n.I command\n[\\fIoptions\\fR]\n");
        text.Append($".SH DESCRIPTION\n{Escaped(program.Command.Description ?? "")}\n.SH COMMANDS\n");
        foreach (CommandFacts facts in commands.Where(facts => !facts.Below.Any()))
        {
            text.Append($".SS {Escaped($"imagesig {string.Join(' ', [facts.Path, .. facts.Arguments])} [options]")}\n{Escaped(facts.Command.Description ?? "")}\n");
            foreach (OptionFacts option in facts.Options)
                text.Append($".TP\n.B {Escaped(string.Join(", ", option.Names))}{(option.Value is null ? "" : $" \\fI{Escaped(option.Value)}\\fR")}\n{Escaped(option.Description)}\n");
            if (facts.Examples.Count == 0)
                continue;
            text.Append(".PP\nExamples:\n.PP\n.nf\n.RS\n");
            foreach (string example in facts.Examples)
                text.Append($"{Escaped(example)}\n");
            text.Append(".RE\n.fi\n");
        }
        foreach (Topic topic in Topic.All)
        {
            text.Append($".SH {Escaped(topic.Title.ToUpperInvariant())}\n");
            foreach ((string term, string meaning) in topic.Entries)
                text.Append($".TP\n.B {Escaped(term)}\n{Escaped(meaning)}\n");
        }
        return text.ToString();
    }

    /// <summary>Plain text: no letter of it means anything to roff.</summary>
    private static string Escaped(string text)
    {
        string escaped = text.Replace("\\", "\\e", StringComparison.Ordinal).Replace("-", "\\-", StringComparison.Ordinal).ReplaceLineEndings(" ");
        return escaped.StartsWith('.') || escaped.StartsWith('\'') ? $"\\&{escaped}" : escaped;
    }
}
