using System.Text;
using static ImageSig.Cli.Manual.CommandFacts;

namespace ImageSig.Cli.Manual;

/// <summary>Completion for zsh, with what each command and option does.</summary>
internal static class ZshCompletion
{
    public static string Of(IReadOnlyList<CommandFacts> commands)
    {
        StringBuilder text = new("""
            #compdef imagesig
            # zsh completion for imagesig, written by "imagesig completion zsh"
            _imagesig() {
                local command="" index
                local -a known
                for ((index = 2; index < CURRENT; index++)); do
                    case "$command/${words[index]}" in

            """);
        foreach (CommandFacts facts in commands.Where(facts => facts.Path.Length > 0))
            text.Append($"            {Quoted(facts.Entrance)}) command={Quoted(facts.Path)} ;;\n");
        text.Append("        esac\n    done\n    case \"$command ${words[CURRENT - 1]}\" in\n");
        foreach (CommandFacts facts in commands)
            foreach (OptionFacts option in facts.Options.Where(option => option.Choices.Count > 0))
                text.Append($"        {string.Join("|", option.Names.Select(name => Quoted($"{facts.Path} {name}")))}) compadd -- {string.Join(' ', option.Choices.Select(Quoted))}; return ;;\n");
        text.Append("    esac\n    case \"$command\" in\n");
        foreach (CommandFacts facts in commands)
        {
            text.Append($"        {Quoted(facts.Path)})\n            known=(\n");
            foreach ((string name, string description) in facts.Words.Concat(facts.Options.SelectMany(option => option.Names.Select(name => (name, option.Description)))))
                text.Append($"                {Quoted($"{name.Replace(":", "\\:", StringComparison.Ordinal)}:{description}")}\n");
            text.Append($"            )\n            {(facts.Words.Any() ? "" : "[[ ${words[CURRENT]} == -* ]] || { _files; return }")}\n            ;;\n");
        }
        text.Append("""
                esac
                _describe 'imagesig' known
            }
            if [[ $funcstack[1] == _imagesig ]]; then _imagesig "$@"; else compdef _imagesig imagesig; fi

            """);
        return text.ToString();
    }
}
