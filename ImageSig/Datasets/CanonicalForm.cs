using System.Globalization;
using System.Text;

namespace ImageSig;

/// <summary>Names whatever their Unicode normal form: "é" is one character where a name was typed, and two where it comes from a Mac's disk.</summary>
/// <remarks><see cref="string.Normalize()"/> returns its string unchanged under invariant globalization, which the program is built with.</remarks>
internal static class CanonicalForm
{
    private const char FirstSyllable = '\uAC00', LastSyllable = '\uD7A3', FirstLead = '\u1100', FirstVowel = '\u1161', BeforeTrail = '\u11A7';
    private const int Vowels = 21, Trails = 28;
    private static readonly Dictionary<char, string> Parts = ReadParts();

    /// <summary>The name with each letter taken apart into its base and its marks, so that names that mean the same become the same.</summary>
    /// <remarks>The marks of a letter are put in the order of their codes. That also joins the few names that differ in the order of marks at one place
    /// of a letter, which no one uses to tell two things apart.</remarks>
    public static string Of(string name)
    {
        if (Ascii.IsValid(name))
            return name;
        StringBuilder apart = new();
        foreach (char letter in name)
            TakeApart(letter, apart);
        char[] letters = apart.ToString().ToCharArray();
        for (int start = 0; start < letters.Length; start++)
        {
            int end = start;
            while (end < letters.Length && CharUnicodeInfo.GetUnicodeCategory(letters[end]) == UnicodeCategory.NonSpacingMark)
                end++;
            letters.AsSpan(start, end - start).Sort();
            start = end;
        }
        return new string(letters);
    }

    private static void TakeApart(char letter, StringBuilder apart)
    {
        if (letter is >= FirstSyllable and <= LastSyllable)
        {
            int syllable = letter - FirstSyllable;
            apart.Append((char)(FirstLead + (syllable / (Vowels * Trails)))).Append((char)(FirstVowel + (syllable / Trails % Vowels)));
            if (syllable % Trails != 0)
                apart.Append((char)(BeforeTrail + (syllable % Trails)));
        }
        else if (Parts.TryGetValue(letter, out string? parts))
        {
            foreach (char part in parts)
                TakeApart(part, apart);
        }
        else
        {
            apart.Append(letter);
        }
    }

    private static Dictionary<char, string> ReadParts()
    {
        Dictionary<char, string> parts = [];
        foreach ((char mark, string pairs) in CanonicalPairs.Marked)
            for (int i = 0; i < pairs.Length; i += 2)
                parts[pairs[i + 1]] = $"{pairs[i]}{mark}";
        for (int i = 0; i < CanonicalPairs.Same.Length; i += 2)
            parts[CanonicalPairs.Same[i]] = $"{CanonicalPairs.Same[i + 1]}";
        return parts;
    }
}
