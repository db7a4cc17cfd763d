using System.Text;

namespace ImageSig.Cli.Manual;

/// <summary>Completion for PowerShell.</summary>
internal static class PowerShellCompletion
{
    public static string Of(IReadOnlyList<CommandFacts> commands)
    {
        StringBuilder text = new("""
            # PowerShell completion for imagesig, written by "imagesig completion powershell"
            Register-ArgumentCompleter -Native -CommandName imagesig -ScriptBlock {
                param($word, $line, $position)
                $known = @{

            """);
        foreach (CommandFacts facts in commands)
            text.Append($"        {Quoted(facts.Path)} = @({List(facts.Words.Select(word => word.Name).Concat(facts.Options.SelectMany(option => option.Names)))})\n");
        text.Append("    }\n    $choices = @{\n");
        foreach (CommandFacts facts in commands)
            foreach (OptionFacts option in facts.Options.Where(option => option.Choices.Count > 0))
                foreach (string name in option.Names)
                    text.Append($"        {Quoted($"{facts.Path} {name}")} = @({List(option.Choices)})\n");
        text.Append("""
                }
                $command = ''
                $previous = ''
                foreach ($element in $line.CommandElements | Select-Object -Skip 1) {
                    $given = $element.Extent.Text
                    if ($element.Extent.EndOffset -ge $position -and $word) { break }
                    $longer = ("$command $given").Trim()
                    if ($known.ContainsKey($longer)) { $command = $longer }
                    $previous = $given
                }
                $offered = if ($choices.ContainsKey("$command $previous")) { $choices["$command $previous"] } else { $known[$command] }
                $offered | Where-Object { $_ -like "$word*" } | ForEach-Object { [System.Management.Automation.CompletionResult]::new($_) }
            }

            """);
        return text.ToString();
    }

    private static string List(IEnumerable<string> words) => string.Join(", ", words.Select(Quoted));

    private static string Quoted(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
