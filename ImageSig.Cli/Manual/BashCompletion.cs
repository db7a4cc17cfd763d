using System.Text;
using static ImageSig.Cli.Manual.CommandFacts;

namespace ImageSig.Cli.Manual;

/// <summary>Completion for bash: commands, options and the words that options take; anything else is a file.</summary>
internal static class BashCompletion
{
    public static string Of(IReadOnlyList<CommandFacts> commands)
    {
        StringBuilder text = new("""
            # bash completion for imagesig, written by "imagesig completion bash"
            _imagesig() {
                local word="${COMP_WORDS[COMP_CWORD]}" previous="${COMP_WORDS[COMP_CWORD - 1]}" command="" words="" index
                COMPREPLY=()
                for ((index = 1; index < COMP_CWORD; index++)); do
                    case "$command/${COMP_WORDS[index]}" in

            """);
        foreach (CommandFacts facts in commands.Where(facts => facts.Path.Length > 0))
            text.Append($"            {Quoted(facts.Entrance)}) command={Quoted(facts.Path)} ;;\n");
        text.Append("        esac\n    done\n    case \"$command $previous\" in\n");
        foreach (CommandFacts facts in commands)
            foreach (OptionFacts option in facts.Options.Where(option => option.Choices.Count > 0))
                text.Append($"        {string.Join("|", option.Names.Select(name => Quoted($"{facts.Path} {name}")))}) words={Quoted(string.Join(' ', option.Choices))} ;;\n");
        text.Append("    esac\n    if [[ -z $words ]]; then\n        case \"$command\" in\n");
        foreach (CommandFacts facts in commands)
            text.Append($"            {Quoted(facts.Path)}) words={Quoted(string.Join(' ', facts.Words.Select(word => word.Name).Concat(facts.Options.SelectMany(option => option.Names))))} ;;\n");
        text.Append("""
                    esac
                    # A word that begins no option is a file, where there are no commands and no words.
                    [[ $words == -* && $word != -* ]] && return
                fi
                COMPREPLY=($(compgen -W "$words" -- "$word"))
            }
            complete -o bashdefault -o default -F _imagesig imagesig

            """);
        return text.ToString();
    }
}
