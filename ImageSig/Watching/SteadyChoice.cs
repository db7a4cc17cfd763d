namespace ImageSig.Watching;

/// <summary>One of several that exclude each other: that with the greatest mean share of the last answers, held until another is clearly ahead.</summary>
/// <param name="options">How many answers count, and what is clear.</param>
internal sealed class SteadyChoice(SteadyOptions options)
{
    private readonly Queue<double[]> last = [];

    /// <summary>The position of what is chosen; −1 until one is clear.</summary>
    public int Index { get; private set; } = -1;

    /// <summary>The mean share of each over the last answers.</summary>
    public double[] Means { get; private set; } = [];

    /// <summary>Whether as many answers have come as count: half a window says little.</summary>
    public bool IsFull => last.Count == options.Frames;

    /// <summary>Takes an answer in.</summary>
    /// <param name="shares">The share of each, 0…1; of equal ones the first is preferred.</param>
    /// <returns>Whether another is chosen now.</returns>
    public bool Take(double[] shares)
    {
        last.Enqueue(shares);
        if (last.Count > options.Frames)
            last.Dequeue();
        Means = [.. shares.Select((_, index) => last.Sum(answer => answer[index]) / last.Count)];
        int best = Array.IndexOf(Means, Means.Max());
        bool changes = best != Index && IsFull && Means[best] >= options.MinConfidence && (Index < 0 || Means[best] >= Means[Index] + options.Hysteresis);
        if (changes)
            Index = best;
        return changes;
    }
}
