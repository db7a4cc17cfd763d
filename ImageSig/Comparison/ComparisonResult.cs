namespace ImageSig.Comparison;

/// <summary>All contestants so far, and what follows.</summary>
/// <param name="TestSet">What they were judged on, in words.</param>
/// <param name="Entries">In the order in which they were done.</param>
/// <param name="LeftOut">Those for which no time was left, or that cannot take these images, and why.</param>
internal sealed record ComparisonResult(string TestSet, IReadOnlyList<ComparisonEntry> Entries, IReadOnlyList<(string Name, string Reason)> LeftOut)
{
    /// <summary>The most accurate; of several the fastest. Null before the first.</summary>
    public ComparisonEntry? Best => Entries.OrderBy(entry => entry.Microseconds).OrderByDescending(entry => entry.Accuracy).FirstOrDefault();

    /// <summary>The one to take: of those as good as the best, the fastest. Null before the first.</summary>
    public ComparisonEntry? Recommended => Entries.Where(IsAsGoodAsBest).MinBy(entry => entry.Microseconds);

    /// <summary>Whether its accuracy is within one standard error of the best.</summary>
    public bool IsAsGoodAsBest(ComparisonEntry entry) => Best is { } best && entry.Accuracy >= best.Accuracy - best.StandardError;

    /// <summary>Whether none is both faster and more accurate.</summary>
    public bool IsOnFrontier(ComparisonEntry entry) => !Entries.Any(other =>
        other != entry && other.Accuracy >= entry.Accuracy && other.Microseconds <= entry.Microseconds
        && (other.Accuracy > entry.Accuracy || other.Microseconds < entry.Microseconds));
}
