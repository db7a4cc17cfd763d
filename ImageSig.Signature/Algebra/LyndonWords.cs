namespace ImageSig.Signature;

/// <summary>Lyndon words: those smaller than each of their proper suffixes. They index a basis of the free Lie algebra.</summary>
/// <remarks>Their number up to length N over C letters is <c>Σₗ (1/l) Σ_{x|l} μ(l/x) C^x</c>: 3, 6, 14, 32, 80, 196 for C = 3.</remarks>
public static class LyndonWords
{
    /// <summary>All Lyndon words of 1…depth letters 0…channels−1, by length, then lexicographic.</summary>
    /// <remarks>Source: J.-P. Duval, "Génération d'une section des classes de conjugaison et arbre des mots de Lyndon de longueur bornée", 1988.</remarks>
    public static IReadOnlyList<int[]> UpTo(int channels, int depth)
    {
        _ = new SignatureLayout(channels, depth);
        var byLength = new List<int[]>[depth + 1];
        for (int length = 1; length <= depth; length++)
            byLength[length] = [];
        // Duval gives all lengths in lexicographic order: repeat the word up to the full length, drop last letters, count one up.
        List<int> word = [-1];
        while (word.Count > 0)
        {
            word[^1]++;
            byLength[word.Count].Add([.. word]);
            for (int period = word.Count; word.Count < depth;)
                word.Add(word[^period]);
            while (word.Count > 0 && word[^1] == channels - 1)
                word.RemoveAt(word.Count - 1);
        }
        return [.. byLength.Skip(1).SelectMany(words => words)];
    }

    /// <summary>How many words <see cref="UpTo"/> lists, by the formula above: nothing is listed.</summary>
    public static int CountUpTo(int channels, int depth)
    {
        SignatureLayout layout = new(channels, depth);
        // Every word of a length is a power of one rotation of one Lyndon word: C^l = Σ over the divisors d of l of d · count(d).
        var counts = new int[depth + 1];
        for (int length = 1; length <= depth; length++)
        {
            int words = layout.LevelLength(length);
            for (int divisor = 1; divisor <= length / 2; divisor++)
                if (length % divisor == 0)
                    words -= divisor * counts[divisor];
            counts[length] = words / length;
        }
        return counts.Sum();
    }

    /// <summary>Whether <paramref name="word"/> is smaller than each of its proper suffixes.</summary>
    public static bool IsLyndon(ReadOnlySpan<int> word)
    {
        for (int start = 1; start < word.Length; start++)
            if (word.SequenceCompareTo(word[start..]) >= 0)
                return false;
        return word.Length > 0;
    }

    /// <summary>Where the longest proper Lyndon suffix of a Lyndon word of two or more letters begins: the standard bracketing is
    /// [prefix, suffix], each bracketed in turn.</summary>
    public static int StandardSplit(ReadOnlySpan<int> word)
    {
        for (int start = 1; start < word.Length; start++)
            if (IsLyndon(word[start..]))
                return start;
        throw new ArgumentException($"LyndonWords.StandardSplit: a word of {word.Length} letters cannot be split.", nameof(word));
    }

    /// <summary>The word as people write it, letters from 1: <c>123</c>; with ten or more channels <c>1.10.3</c>.</summary>
    public static string Name(ReadOnlySpan<int> word, int channels)
    {
        var letters = new string[word.Length];
        for (int position = 0; position < word.Length; position++)
            letters[position] = Letter(word[position]);
        return string.Join(channels < 10 ? "" : ".", letters);
    }

    /// <summary>The standard bracketing as people write it, letters from 1: <c>[1,[2,3]]</c>.</summary>
    public static string BracketName(ReadOnlySpan<int> word)
    {
        if (word.Length == 1)
            return Letter(word[0]);
        int split = StandardSplit(word);
        return $"[{BracketName(word[..split])},{BracketName(word[split..])}]";
    }

    private static string Letter(int letter) => (letter + 1).ToString(System.Globalization.CultureInfo.InvariantCulture);
}
