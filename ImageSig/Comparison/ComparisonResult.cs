namespace ImageSig.Comparison;

/// <summary>All contestants so far, and what follows.</summary>
/// <param name="TestSet">What they were judged on, in words.</param>
/// <param name="Entries">In the order in which they were done.</param>
/// <param name="LeftOut">Those for which no time was left, or that cannot take these images, and why.</param>
internal sealed record ComparisonResult(string TestSet, IReadOnlyList<ComparisonEntry> Entries, IReadOnlyList<(string Name, string Reason)> LeftOut)
{
    /// <summary>Times this much apart are alike: a machine that does other work changes them by as much from run to run.</summary>
    private const double AlikeTimes = 1.1;

    /// <summary>With fewer images than this, no figure says much.</summary>
    private const int FewImages = 30;

    /// <summary>The most accurate; of several the one with the fewest multiply-adds, then bytes. Null before the first.</summary>
    public ComparisonEntry? Best => Cheapest(Entries.Where(entry => entry.Accuracy == Entries.Max(other => other.Accuracy)));

    /// <summary>The one to take: of those as good as the best, one that is as fast as the fastest, or nearly; of several the one with the fewest multiply-adds, then bytes. Null before
    /// the first.</summary>
    public ComparisonEntry? Recommended
    {
        get
        {
            ComparisonEntry[] good = [.. Entries.Where(IsAsGoodAsBest)];
            return Cheapest(good.Where(entry => entry.Microseconds <= AlikeTimes * good.Min(other => other.Microseconds)));
        }
    }

    /// <summary>How many images they were judged on, where these are few; otherwise null.</summary>
    public int? TooFewImages => Best is { Images: < FewImages and int images } ? images : null;

    /// <summary>Whether its accuracy is within one standard error of the best.</summary>
    public bool IsAsGoodAsBest(ComparisonEntry entry) => Best is { } best && entry.Accuracy >= best.Accuracy - best.StandardError;

    /// <summary>Whether none is both faster and more accurate.</summary>
    public bool IsOnFrontier(ComparisonEntry entry) => !Entries.Any(other =>
        other != entry && other.Accuracy >= entry.Accuracy && other.Microseconds <= entry.Microseconds
        && (other.Accuracy > entry.Accuracy || other.Microseconds < entry.Microseconds));

    private static ComparisonEntry? Cheapest(IEnumerable<ComparisonEntry> entries) => entries.MinBy(entry => (entry.MultiplyAdds, entry.Bytes));
}
