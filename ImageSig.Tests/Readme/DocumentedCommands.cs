using System.Text;

namespace ImageSig.Tests.Readme;

/// <summary>The command lines in the shell blocks of a page.</summary>
internal static class DocumentedCommands
{
    /// <summary>The program, and what a script calls one of another processor.</summary>
    private static readonly string[] Names = ["imagesig", "./imagesig-linux-arm64"];

    private static readonly string[] Ends = ["|", "||", "&&", ";", "&", ":::"];

    /// <summary>Every line, those that go on joined, without what is said about it behind a <c>#</c>.</summary>
    public static IEnumerable<string> Lines(string document) =>
        Documents.Blocks(document, "sh", "bash").SelectMany(block => block.Replace("\\\n", "", StringComparison.Ordinal).Split('\n'))
            .Select(line => string.Join(' ', Words(line).Select(word => word.Text))).Where(line => line.Length > 0);

    /// <summary>The calls of the program in a line, each with its arguments, as a shell passes them on.</summary>
    public static IEnumerable<string[]> Calls(string line)
    {
        List<string>? call = null;
        bool begins = true;
        foreach ((string word, string value) in Words(line).Append((";", ";")))
        {
            bool ends = Ends.Contains(word) || word.Contains('>') || word is "<";
            if (ends && call is not null)
            {
                yield return [.. call];
                call = null;
            }
            else if (call is not null)
                call.Add(value);
            else if (begins && Names.Contains(value))
                call = [];
            begins = Ends.Contains(word) || (begins && word is "exec" or "!");
        }
    }

    /// <summary>The words of a line as they stand there, and what they mean without quotation marks; up to a comment.</summary>
    private static IEnumerable<(string Text, string Value)> Words(string line)
    {
        StringBuilder text = new(), value = new();
        char quote = '\0';
        foreach (char letter in line + " ")
        {
            if (quote == '\0' && char.IsWhiteSpace(letter))
            {
                if (text.Length > 0)
                    yield return (text.ToString(), value.ToString());
                text.Clear();
                value.Clear();
                continue;
            }
            if (letter == '#' && text.Length == 0)
                yield break;
            text.Append(letter);
            if (quote == letter)
                quote = '\0';
            else if (quote == '\0' && (letter is '\'' or '"'))
                quote = letter;
            else
                value.Append(letter);
        }
    }
}
