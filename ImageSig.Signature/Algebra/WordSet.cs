using ImageSig.Tensors;

namespace ImageSig.Signature;

/// <summary>Some words, and the tree of their prefixes: all that must be computed to have them.</summary>
public sealed class WordSet
{
    /// <summary>Letters of all words of <see cref="UpToWeight"/> together: some gigabytes with the tree of their prefixes.</summary>
    private const int MaxLetters = 1 << 25;

    private readonly int[][] _words;

    private WordSet(int channels, IEnumerable<int[]> words)
    {
        if (channels < 1)
            throw new ArgumentOutOfRangeException(nameof(channels), $"WordSet: channels is {channels}; a path needs at least 1 channel.");
        Channels = channels;
        _words = [.. words.Select(word => (int[]?)word?.Clone() ?? throw new ArgumentException("WordSet: a word is null; leave it out.", nameof(words)))];
        if (_words.Length == 0)
            throw new ArgumentException("WordSet: there is no word in it; give at least one.", nameof(words));
        List<Node> nodes = [new Node(-1)];
        Places = new int[_words.Length];
        for (int index = 0; index < _words.Length; index++)
            Places[index] = Insert(nodes, _words[index]);
        Nodes = [.. nodes];
        Depth = _words.Max(word => word.Length);
    }

    /// <summary>C.</summary>
    public int Channels { get; }

    /// <summary>The longest word's letters.</summary>
    public int Depth { get; }

    /// <summary>The words, letters 0…C−1, in the order they were given.</summary>
    public IReadOnlyList<int[]> Words => _words;

    /// <summary>Coefficients that are computed: every prefix of every word, once.</summary>
    public int PrefixCount => Nodes.Length - 1;

    /// <summary>The tree; the root, the empty word, is first, and a node stands before its children.</summary>
    internal Node[] Nodes { get; }

    /// <summary>Where each word stands in <see cref="Nodes"/>.</summary>
    internal int[] Places { get; }

    /// <summary>These words.</summary>
    /// <exception cref="ArgumentException">No word, an empty word or none in a word's place, or a letter that is no channel.</exception>
    /// <exception cref="ArgumentNullException">No words.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Channels below 1.</exception>
    public static WordSet Of(int channels, params IEnumerable<int[]> words)
    {
        ArgumentNullException.ThrowIfNull(words);
        return new WordSet(channels, words);
    }

    /// <summary>Every word whose letters' weights sum to <paramref name="maxWeight"/> or less, by length, then lexicographic.</summary>
    /// <param name="weights">[C], each above 0: 1 for all and N gives the signature to depth N.</param>
    /// <param name="maxWeight">At least the smallest weight.</param>
    /// <exception cref="ArgumentException">A weight is not above 0, or no word is within the maxWeight.</exception>
    /// <exception cref="ArgumentOutOfRangeException">No weights.</exception>
    /// <exception cref="SettingException">More words than can be prepared.</exception>
    public static WordSet UpToWeight(ReadOnlySpan<double> weights, double maxWeight)
    {
        foreach (double weight in weights)
            if (!(weight > 0))
                throw new ArgumentException($"WordSet.UpToWeight: a weight is {weight}; every weight must be above 0, or words would have no end.", nameof(weights));
        List<int[]> words = [];
        int letters = 0;
        List<(int[] Word, double Weight)> level = [([], 0)];
        while (level.Count > 0)
        {
            List<(int[] Word, double Weight)> next = [];
            foreach ((int[] word, double weight) in level)
                for (int letter = 0; letter < weights.Length; letter++)
                    if (weight + weights[letter] <= maxWeight)
                    {
                        letters += word.Length + 1;
                        if (letters > MaxLetters)
                            throw new SettingException($"WordSet.UpToWeight: the words of {weights.Length} channels up to the weight {maxWeight} have more than {MaxLetters} letters; lower maxWeight.");
                        next.Add(([.. word, letter], weight + weights[letter]));
                    }
            words.AddRange(next.Select(entry => entry.Word));
            level = next;
        }
        return new WordSet(weights.Length, words);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{_words.Length} words of {Channels} channels, up to {Depth} letters";

    private int Insert(List<Node> nodes, int[] word)
    {
        if (word.Length == 0)
            throw new ArgumentException("WordSet: the empty word's coefficient is always 1; leave it out.", nameof(word));
        int at = 0;
        for (int position = 0; position < word.Length; position++)
        {
            int letter = word[position];
            if ((uint)letter >= (uint)Channels)
                throw new ArgumentException($"WordSet: letter {letter} is no channel; with {Channels} channels letters are 0 to {Channels - 1}.", nameof(word));
            nodes[at].Height = Math.Max(nodes[at].Height, word.Length - position);
            int child = nodes[at].Children.Find(candidate => nodes[candidate].Letter == letter);
            if (child == 0)
            {
                child = nodes.Count;
                nodes.Add(new Node(letter));
                nodes[at].Children.Add(child);
            }
            at = child;
        }
        return at;
    }

    /// <summary>A prefix: its last letter, the longest way down from it, and the prefixes one letter longer.</summary>
    internal sealed class Node(int letter)
    {
        public int Letter { get; } = letter;

        public int Height { get; set; }

        public List<int> Children { get; } = [];
    }
}
