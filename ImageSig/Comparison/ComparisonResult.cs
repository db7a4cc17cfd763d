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
    public ComparisonEntry? Best => BestOf(Entries);

    /// <summary>The network to take: of those as good as the best of all, or where that leads to a baseline, as the best network, one that is as fast as the fastest, or nearly; of several
    /// the one with the fewest multiply-adds, then bytes. Null before the first network.</summary>
    public ComparisonEntry? Recommended => Baseline is null ? ChoiceOf(Entries) : ChoiceOf([.. Entries.Where(entry => !entry.IsBaseline)]);

    /// <summary>The baseline that would be the one to take if it were a network: none is better than it by more than one standard error. Null where there is none.</summary>
    public ComparisonEntry? Baseline => ChoiceOf(Entries) is { IsBaseline: true } baseline ? baseline : null;

    /// <summary>How many images they were judged on, where these are few; otherwise null.</summary>
    public int? TooFewImages => Best is { Images: < FewImages and int images } ? images : null;

    /// <summary>Whether its accuracy is within one standard error of the best.</summary>
    public bool IsAsGoodAsBest(ComparisonEntry entry) => IsAsGood(entry, Best);

    /// <summary>Whether none is both faster and more accurate.</summary>
    public bool IsOnFrontier(ComparisonEntry entry) => !Entries.Any(other =>
        other != entry && other.Accuracy >= entry.Accuracy && other.Microseconds <= entry.Microseconds
        && (other.Accuracy > entry.Accuracy || other.Microseconds < entry.Microseconds));

    private static ComparisonEntry? ChoiceOf(IReadOnlyList<ComparisonEntry> entries)
    {
        ComparisonEntry? best = BestOf(entries);
        ComparisonEntry[] good = [.. entries.Where(entry => IsAsGood(entry, best))];
        return Cheapest(good.Where(entry => entry.Microseconds <= AlikeTimes * good.Min(other => other.Microseconds)));
    }

    private static bool IsAsGood(ComparisonEntry entry, ComparisonEntry? best) => entry.Accuracy >= best?.Accuracy - best?.StandardError;

    private static ComparisonEntry? BestOf(IReadOnlyList<ComparisonEntry> entries) => Cheapest(entries.Where(entry => entry.Accuracy == entries.Max(other => other.Accuracy)));

    private static ComparisonEntry? Cheapest(IEnumerable<ComparisonEntry> entries) =>
        entries.Any() ? entries.MinBy(entry => (entry.MultiplyAdds, entry.Bytes)) : null;
}
