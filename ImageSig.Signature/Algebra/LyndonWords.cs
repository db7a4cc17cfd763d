namespace ImageSig.Signature;

/// <summary>Lyndon words: those smaller than each of their proper suffixes. They index a basis of the free Lie algebra.</summary>
/// <remarks>Their number up to length N over C letters is <c>Σₗ (1/l) Σ_{x|l} μ(l/x) C^x</c>: 3, 6, 14, 32, 80, 196 for C = 3.</remarks>
public static class LyndonWords
{
    /// <summary>All Lyndon words of 1…depth letters 0…channels−1, by length, then lexicographic.</summary>
    /// <remarks>Source: J.-P. Duval, "Génération d'une section des classes de conjugaison et arbre des mots de Lyndon de longueur bornée", 1988.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">Channels or depth below 1.</exception>
    /// <exception cref="ImageSig.Tensors.SettingException">More features than an array can hold.</exception>
    public static IReadOnlyList<int[]> UpTo(int channels, int depth)
    {
        SignatureLayout layout = new(channels, depth);
        return [.. Places(layout).Select(layout.WordAt)];
    }

    /// <summary>Where each word that <see cref="UpTo"/> lists stands in the layout, ascending.</summary>
    internal static int[] Places(SignatureLayout layout)
    {
        int[] counts = Counts(layout), next = new int[layout.Depth + 1];
        for (int length = 2; length <= layout.Depth; length++)
            next[length] = next[length - 1] + counts[length - 1];
        var places = new int[next[^1] + counts[^1]];
        // Duval gives all lengths in lexicographic order: repeat the word up to the full length, drop last letters, count one up.
        var word = new int[layout.Depth];
        word[0] = -1;
        for (int length = 1; length > 0;)
        {
            word[length - 1]++;
            places[next[length]++] = layout.IndexOf(word.AsSpan(0, length));
            for (int period = length; length < layout.Depth; length++)
                word[length] = word[length - period];
            while (length > 0 && word[length - 1] == layout.Channels - 1)
                length--;
        }
        return places;
    }

    /// <summary>How many words <see cref="UpTo"/> lists, by the formula above: nothing is listed.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Channels or depth below 1.</exception>
    /// <exception cref="ImageSig.Tensors.SettingException">More features than an array can hold.</exception>
    public static int CountUpTo(int channels, int depth)
    {
        SignatureLayout layout = new(channels, depth);
        return Counts(layout).Sum();
    }

    /// <summary>How many words there are of each length; none of length 0.</summary>
    internal static int[] Counts(SignatureLayout layout)
    {
        // Every word of a length is a power of one rotation of one Lyndon word: C^l = Σ over the divisors d of l of d · count(d).
        var counts = new int[layout.Depth + 1];
        counts[1] = layout.Channels;
        for (int length = 2; length <= layout.Depth && layout.Channels > 1; length++)
        {
            int words = layout.LevelLength(length);
            for (int divisor = 1; divisor <= length / 2; divisor++)
                if (length % divisor == 0)
                    words -= divisor * counts[divisor];
            counts[length] = words / length;
        }
        return counts;
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
    /// <exception cref="ArgumentException">A word of fewer than two letters.</exception>
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
    /// <exception cref="ArgumentException">No Lyndon word.</exception>
    public static string BracketName(ReadOnlySpan<int> word) => IsLyndon(word)
        ? Bracketed(word)
        : throw new ArgumentException($"LyndonWords.BracketName: ({string.Join(", ", word.ToArray())}), letters from 0, is no Lyndon word and has no bracketing; IsLyndon tells those that have one.", nameof(word));

    private static string Bracketed(ReadOnlySpan<int> word)
    {
        if (word.Length == 1)
            return Letter(word[0]);
        int split = StandardSplit(word);
        return $"[{Bracketed(word[..split])},{Bracketed(word[split..])}]";
    }

    private static string Letter(int letter) => (letter + 1).ToString(System.Globalization.CultureInfo.InvariantCulture);
}
