using ImageSig.Tensors;

namespace ImageSig;

/// <summary>A seeded split that takes the same share of every class.</summary>
/// <param name="Training">Indices into the labels, ascending.</param>
/// <param name="Validation">The others, ascending.</param>
internal sealed record StratifiedSplit(IReadOnlyList<int> Training, IReadOnlyList<int> Validation)
{
    // Beyond the purposes that the rooms below draw random numbers for.
    private const uint SplitPurpose = RandomPurpose.First + 256;

    /// <summary>Draws round(fraction · count) of every class for validation, but at least one and never all of a class with two or more.</summary>
    /// <param name="labels">The class of every sample.</param>
    /// <param name="fraction">0 (no validation) to 1, exclusive.</param>
    /// <param name="seed">The same seed gives the same split.</param>
    public static StratifiedSplit Draw(IReadOnlyList<int> labels, double fraction, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(labels);
        if (fraction is not (>= 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(fraction), $"StratifiedSplit: a validation share of {fraction} was given; 0 to below 1 was expected.");
        bool[] validates = new bool[labels.Count];
        foreach (Group<int, int> members in Sequences.Range(0, labels.Count).GroupBy(index => labels[index]))
        {
            int[] indices = [.. members];
            int taken = fraction == 0 ? 0 : Math.Clamp((int)Math.Round(fraction * indices.Length), Math.Min(1, indices.Length - 1), indices.Length - 1);
            RandomStream random = new(seed, SplitPurpose, item: (uint)members.Key);
            random.Shuffle(indices);
            foreach (int index in indices.AsSpan(0, taken))
                validates[index] = true;
        }
        return new StratifiedSplit(
            [.. Sequences.Range(0, labels.Count).Where(index => !validates[index])],
            [.. Sequences.Range(0, labels.Count).Where(index => validates[index])]);
    }
}
