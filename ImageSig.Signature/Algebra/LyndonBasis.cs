namespace ImageSig.Signature;

/// <summary>The Lyndon bracket basis: which words it has, and how bracket coefficients and word coefficients determine each other.</summary>
/// <remarks><para>The bracket of word b is b itself plus larger words, so the coefficient of the tensor log at a Lyndon word w is
/// <c>words[w] = brackets[w] + Σ_{b&lt;w} M[w, b] · brackets[b]</c>, with whole numbers M: a triangular system, solved in one pass.</para>
/// <para>The words are cheap and made at once. Brackets multiplied out are many (up to 2^(n−1) words for one of n letters); they and M are
/// made when first asked for: reading off coefficients at the Lyndon words needs neither.</para></remarks>
internal sealed class LyndonBasis
{
    /// <summary>Up to so many words of multiplied-out brackets are kept, 8 bytes each; of more, those of the highest level are made anew each time.</summary>
    private const long KeptTerms = 1 << 22;
    private readonly Lazy<(int Index, int Coefficient)[][]> _expansions;
    private readonly Lazy<(int Column, int Coefficient)[][]> _rows;

    public LyndonBasis(SignatureLayout layout)
    {
        Layout = layout;
        Indices = LyndonWords.Places(layout);
        _expansions = new(MakeExpansions);
        _rows = new(MakeRows);
    }

    public SignatureLayout Layout { get; }

    /// <summary>Where each Lyndon word stands in the layout: by length, then lexicographic, so ascending.</summary>
    public int[] Indices { get; }

    /// <summary>M: for each word its (bracket, coefficient) besides its own bracket with 1. Brackets stand before the word.</summary>
    public (int Column, int Coefficient)[][] Rows => _rows.Value;

    /// <summary>Brackets multiplied out, (place in the layout, coefficient): as many as are kept, the first ones.</summary>
    public (int Index, int Coefficient)[][] Expansions => _expansions.Value;

    /// <summary>At most so many words have all brackets of each length together; 0 for length 0.</summary>
    public static double[] MaxTerms(SignatureLayout layout) =>
        [.. LyndonWords.Counts(layout).Select((count, length) => count * Math.Pow(2, length - 1))];

    /// <summary>The first index that is not kept.</summary>
    public static int KeptCount(SignatureLayout layout)
    {
        int[] counts = LyndonWords.Counts(layout);
        return counts.Sum() - (MaxTerms(layout).Sum() > KeptTerms ? counts[^1] : 0);
    }

    private (int Index, int Coefficient)[][] MakeExpansions()
    {
        var expansions = new (int Index, int Coefficient)[KeptCount(Layout)][];
        BracketProduct product = new(Layout, Indices, expansions);
        for (int index = 0; index < expansions.Length; index++)
            expansions[index] = product.Expand(index).ToArray();
        return expansions;
    }

    private (int Column, int Coefficient)[][] MakeRows()
    {
        BracketProduct product = new(this);
        var rows = new (int Column, int Coefficient)[Indices.Length][];
        int[] counts = LyndonWords.Counts(Layout);
        for (int level = 1, first = 0; level <= Layout.Depth; first += counts[level++])
            LevelRows(level, first, counts[level], product, rows);
        return rows;
    }

    /// <summary>The rows of the words of <paramref name="level"/>, which hold brackets of that level only: gathered bracket by bracket, then turned.</summary>
    private void LevelRows(int level, int first, int count, BracketProduct product, (int Column, int Coefficient)[][] rows)
    {
        // Which word of the level is which row, 0 for those that are no Lyndon words.
        var rowAt = new int[Layout.LevelLength(level)];
        for (int row = first; row < first + count; row++)
            rowAt[Indices[row] - Layout.LevelOffset(level)] = row - first + 1;
        List<(int Row, int Column, int Coefficient)> entries = [];
        var lengths = new int[count];
        for (int column = first; column < first + count; column++)
            foreach ((int place, int coefficient) in product.Expand(column))
                if (place != Indices[column] && rowAt[place - Layout.LevelOffset(level)] is int row and > 0)
                {
                    entries.Add((row - 1, column, coefficient));
                    lengths[row - 1]++;
                }
        for (int row = 0; row < count; row++)
            rows[first + row] = new (int, int)[lengths[row]];
        Array.Clear(lengths);
        foreach ((int row, int column, int coefficient) in entries)
            rows[first + row][lengths[row]++] = (column, coefficient);
    }
}
