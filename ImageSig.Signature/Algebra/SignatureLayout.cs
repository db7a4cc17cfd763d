using ImageSig.Tensors;

namespace ImageSig.Signature;

/// <summary>Where each word stands in a truncated tensor: levels 1…depth one after the other, words of a level in
/// lexicographic order, last letter fastest. Level 0, the constant 1, is not stored.</summary>
/// <remarks>A word is a list of letters, a letter a channel number from 0. <c>F = C + C² + … + C^depth</c>.</remarks>
public sealed class SignatureLayout : IEquatable<SignatureLayout>
{
    private readonly int[] _offsets;
    private readonly int[] _lengths;

    /// <summary>Plans the tensor of a path with <paramref name="channels"/> coordinates, truncated at <paramref name="depth"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Channels or depth below 1.</exception>
    /// <exception cref="SettingException">More features than an array can hold.</exception>
    public SignatureLayout(int channels, int depth)
    {
        if (channels < 1)
            throw new ArgumentOutOfRangeException(nameof(channels), $"SignatureLayout: channels is {channels}; a path needs at least 1 channel.");
        if (depth < 1)
            throw new ArgumentOutOfRangeException(nameof(depth), $"SignatureLayout: depth is {depth}; a signature needs at least depth 1 (the total increment).");
        Channels = channels;
        Depth = depth;
        // A single channel allows any depth; everything else runs out of features before depth 31.
        if (depth > 30 && channels > 1 || depth > Array.MaxLength)
            throw TooLarge(channels, depth);
        _offsets = new int[depth + 2];
        _lengths = new int[depth + 1];
        _lengths[0] = 1;
        for (int level = 1; level <= depth; level++)
        {
            long length = (long)_lengths[level - 1] * channels;
            long end = _offsets[level] + length;
            if (end > Array.MaxLength)
                throw TooLarge(channels, depth);
            _lengths[level] = (int)length;
            _offsets[level + 1] = (int)end;
        }
    }

    /// <summary>C, the number of coordinates of a point.</summary>
    public int Channels { get; }

    /// <summary>The highest level kept.</summary>
    public int Depth { get; }

    /// <summary>F = C + C² + … + C^depth, the number of features.</summary>
    public int Length => _offsets[Depth + 1];

    /// <summary>The multiply-adds of one step of a path, by the fused multiply-exponentiate: <c>Σ C^level (depth − level + 1)</c>.</summary>
    public long StepMultiplyAdds
    {
        get
        {
            long sum = 0;
            for (int level = 1; level <= Depth; level++)
                sum += (long)_lengths[level] * (Depth - level + 1);
            return sum;
        }
    }

    /// <summary>The index of the first word of <paramref name="level"/> (1…depth).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The level is not 1…depth.</exception>
    public int LevelOffset(int level) => _offsets[CheckedLevel(level)];

    /// <summary>The number of words of <paramref name="level"/> (1…depth): C^level.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The level is not 1…depth.</exception>
    public int LevelLength(int level) => _lengths[CheckedLevel(level)];

    /// <summary>The index of <paramref name="word"/>, letters 0…C−1.</summary>
    /// <exception cref="ArgumentException">An empty word, one longer than the depth, or a letter that is no channel.</exception>
    public int IndexOf(params ReadOnlySpan<int> word)
    {
        if (word.Length < 1 || word.Length > Depth)
            throw new ArgumentException($"SignatureLayout.IndexOf: the word has {word.Length} letters; this layout holds words of 1 to {Depth} letters.", nameof(word));
        int index = 0;
        foreach (int letter in word)
        {
            if ((uint)letter >= (uint)Channels)
                throw new ArgumentException($"SignatureLayout.IndexOf: letter {letter} is no channel; with {Channels} channels letters are 0 to {Channels - 1}.", nameof(word));
            index = index * Channels + letter;
        }
        return _offsets[word.Length] + index;
    }

    /// <summary>The word at <paramref name="index"/> (0…F−1): the inverse of <see cref="IndexOf"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The index is not 0…F − 1.</exception>
    public int[] WordAt(int index)
    {
        if ((uint)index >= (uint)Length)
            throw new ArgumentOutOfRangeException(nameof(index), $"SignatureLayout.WordAt: index {index} is outside 0…{Length - 1}.");
        int level = 1;
        while (index >= _offsets[level + 1])
            level++;
        var word = new int[level];
        int rest = index - _offsets[level];
        for (int position = level - 1; position >= 0; position--, rest /= Channels)
            word[position] = rest % Channels;
        return word;
    }

    /// <inheritdoc/>
    public bool Equals(SignatureLayout? other) => other is not null && other.Channels == Channels && other.Depth == Depth;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SignatureLayout);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Channels, Depth);

    /// <inheritdoc/>
    public override string ToString() => $"{Channels} channels, depth {Depth}, {Length} features";

    private int CheckedLevel(int level) => level >= 1 && level <= Depth
        ? level
        : throw new ArgumentOutOfRangeException(nameof(level), $"SignatureLayout: level {level} is outside 1…{Depth}.");

    private static SettingException TooLarge(int channels, int depth) =>
        new($"SignatureLayout: {channels} channels to depth {depth} need more than {Array.MaxLength} features; lower the depth or select fewer channels.");
}
