using System.Globalization;

namespace ImageSig.Cli.Display;

/// <summary>Names of files, classes and settings come from anywhere, and messages quote them: here is what a terminal is shown of them.</summary>
internal static class Printable
{
    /// <summary>A message as one line that moves no cursor.</summary>
    public static string Line(string message) =>
        Cell(string.Join(' ', message.Split(['\n', '\r'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)));

    /// <summary>A text with a question mark for each letter that would move a terminal's cursor or change its colors.</summary>
    public static string Cell(string text) => string.Concat(text.Select(letter => Moves(letter) ? '?' : letter));

    private static bool Moves(char letter) => char.GetUnicodeCategory(letter) is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
