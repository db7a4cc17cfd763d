namespace ImageSig.Signature;

/// <summary>Multiplies Lyndon brackets out: <c>[u, v] = uv − vu</c>, from the expansions of both halves. Not for several threads at once.</summary>
internal sealed class BracketProduct
{
    private readonly SignatureLayout _layout;
    private readonly int[] _indices;
    private readonly (int Index, int Coefficient)[][] _kept;
    private readonly int[] _sums;
    private readonly int[] _letters;
    private int[] _touched = new int[64];
    private (int Index, int Coefficient)[] _terms = new (int, int)[64];

    /// <summary>For the brackets of <paramref name="basis"/>.</summary>
    public BracketProduct(LyndonBasis basis)
        : this(basis.Layout, basis.Indices, basis.Expansions)
    {
    }

    /// <summary>For expansions that are still being filled, shorter brackets first.</summary>
    public BracketProduct(SignatureLayout layout, int[] indices, (int Index, int Coefficient)[][] kept)
    {
        _layout = layout;
        _indices = indices;
        _kept = kept;
        _sums = new int[layout.LevelLength(layout.Depth)];
        _letters = new int[layout.Depth];
    }

    /// <summary>Bracket <paramref name="index"/> multiplied out, each word once, in no order: (place in the layout, coefficient). Valid until the next call.</summary>
    public ReadOnlySpan<(int Index, int Coefficient)> Expand(int index)
    {
        if (index < _kept.Length && _kept[index] is not null)
            return _kept[index];
        Span<int> word = Letters(_indices[index]);
        if (word.Length == 1)
        {
            _terms[0] = (_indices[index], 1);
            return _terms.AsSpan(0, 1);
        }
        int split = LyndonWords.StandardSplit(word);
        return Commutator(Kept(word[..split]), split, Kept(word[split..]), word.Length - split);
    }

    private (int Index, int Coefficient)[] Kept(ReadOnlySpan<int> word) => _kept[Array.BinarySearch(_indices, _layout.IndexOf(word))];

    private ReadOnlySpan<(int Index, int Coefficient)> Commutator((int Index, int Coefficient)[] left, int leftLetters, (int Index, int Coefficient)[] right, int rightLetters)
    {
        int leftOffset = _layout.LevelOffset(leftLetters), rightOffset = _layout.LevelOffset(rightLetters), offset = _layout.LevelOffset(leftLetters + rightLetters);
        int leftWidth = _layout.LevelLength(leftLetters), rightWidth = _layout.LevelLength(rightLetters);
        int most = checked(2 * left.Length * right.Length), touched = 0, terms = 0;
        if (_touched.Length < most)
            Array.Resize(ref _touched, 2 * most);
        foreach ((int u, int a) in left)
            foreach ((int v, int b) in right)
            {
                Add((u - leftOffset) * rightWidth + v - rightOffset, a * b, ref touched);
                Add((v - rightOffset) * leftWidth + u - leftOffset, -a * b, ref touched);
            }
        if (_terms.Length < touched)
            Array.Resize(ref _terms, 2 * touched);
        for (int index = 0; index < touched; index++)
        {
            int word = _touched[index];
            // A word touched again after it had come to nothing stands here twice.
            if (_sums[word] != 0)
                _terms[terms++] = (offset + word, _sums[word]);
            _sums[word] = 0;
        }
        return _terms.AsSpan(0, terms);
    }

    private void Add(int word, int value, ref int touched)
    {
        if (_sums[word] == 0)
            _touched[touched++] = word;
        _sums[word] += value;
    }

    /// <summary>The letters of the word at a place, in memory that is used again.</summary>
    private Span<int> Letters(int place)
    {
        int level = 1;
        while (level < _layout.Depth && place >= _layout.LevelOffset(level + 1))
            level++;
        int rest = place - _layout.LevelOffset(level);
        for (int position = level - 1; position >= 0; position--, rest /= _layout.Channels)
            _letters[position] = rest % _layout.Channels;
        return _letters.AsSpan(0, level);
    }
}
