namespace ImageSig.Signature;

/// <summary>The Lyndon bracket basis, prepared: which words it has, and how bracket coefficients and word coefficients determine each other.</summary>
/// <remarks>The bracket of word b is b itself plus larger words, so the coefficient of the tensor log at a Lyndon word w is
/// <c>words[w] = brackets[w] + Σ_{b&lt;w} M[w, b] · brackets[b]</c>, with whole numbers M: a triangular system, solved in one pass.</remarks>
internal sealed class LyndonBasis
{
    private readonly int[][] _words;

    public LyndonBasis(SignatureLayout layout)
    {
        Layout = layout;
        _words = [.. LyndonWords.UpTo(layout.Channels, layout.Depth)];
        Indices = [.. _words.Select(word => layout.IndexOf(word))];
        var place = new Dictionary<int, int>(_words.Length);
        for (int index = 0; index < _words.Length; index++)
            place[Indices[index]] = index;

        Expansions = new (int Index, int Coefficient)[_words.Length][];
        var rows = new List<(int Column, int Coefficient)>[_words.Length];
        for (int index = 0; index < _words.Length; index++)
            rows[index] = [];
        for (int index = 0; index < _words.Length; index++)
        {
            int[] word = _words[index];
            Expansions[index] = word.Length == 1
                ? [(Indices[index], 1)]
                : Commutator(place, word, LyndonWords.StandardSplit(word));
            foreach ((int position, int coefficient) in Expansions[index])
                if (position != Indices[index] && place.TryGetValue(position, out int row))
                    rows[row].Add((index, coefficient));
        }
        Rows = [.. rows.Select(row => row.ToArray())];
    }

    public SignatureLayout Layout { get; }

    /// <summary>The Lyndon words, by length, then lexicographic.</summary>
    public IReadOnlyList<int[]> Words => _words;

    /// <summary>Where each word stands in the layout.</summary>
    public int[] Indices { get; }

    /// <summary>M: for each word its (bracket, coefficient) besides its own bracket with 1. Brackets stand before the word.</summary>
    public (int Column, int Coefficient)[][] Rows { get; }

    /// <summary>Each bracket multiplied out: (place in the layout, coefficient).</summary>
    public (int Index, int Coefficient)[][] Expansions { get; }

    /// <summary><c>uv − vu</c>, for u and v the expansions of the two halves of the bracket.</summary>
    private (int Index, int Coefficient)[] Commutator(Dictionary<int, int> place, int[] word, int split)
    {
        var left = Expansions[place[Layout.IndexOf(word.AsSpan(0, split))]];
        var right = Expansions[place[Layout.IndexOf(word.AsSpan(split))]];
        int rest = word.Length - split;
        int leftOffset = Layout.LevelOffset(split), rightOffset = Layout.LevelOffset(rest), offset = Layout.LevelOffset(word.Length);
        int leftWidth = Layout.LevelLength(split), rightWidth = Layout.LevelLength(rest);
        Dictionary<int, int> sum = [];
        foreach ((int u, int a) in left)
            foreach ((int v, int b) in right)
            {
                Add(offset + (u - leftOffset) * rightWidth + v - rightOffset, a * b);
                Add(offset + (v - rightOffset) * leftWidth + u - leftOffset, -a * b);
            }
        return [.. sum.Where(term => term.Value != 0).OrderBy(term => term.Key).Select(term => (term.Key, term.Value))];

        void Add(int index, int value) => sum[index] = sum.GetValueOrDefault(index) + value;
    }
}
