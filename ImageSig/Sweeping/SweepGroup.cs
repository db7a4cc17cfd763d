using ImageSig.Reports;

namespace ImageSig.Sweeping;

/// <summary>The trainings of a sweep that differ in nothing but their seed.</summary>
/// <param name="Values">Of what is varied.</param>
/// <param name="Rows">At least one.</param>
internal sealed record SweepGroup(IReadOnlyList<string> Values, IReadOnlyList<SweepRow> Rows)
{
    /// <summary>The mean over the seeds.</summary>
    public double Accuracy => Rows.Average(row => row.Accuracy);

    /// <summary>The mean over the seeds.</summary>
    public double BalancedAccuracy => Rows.Average(row => row.BalancedAccuracy);

    /// <summary>Of the accuracy. Of several seeds that of their mean, <c>s / √n</c>: what other seeds would change, on the same images. Of a single one that of
    /// a share, <see cref="StandardErrors.OfComparedShare"/>: what other images would change.</summary>
    public double StandardError => Rows.Count > 1
        ? Math.Sqrt(Rows.Sum(row => (row.Accuracy - Accuracy) * (row.Accuracy - Accuracy)) / (Rows.Count - 1) / Rows.Count)
        : StandardErrors.OfComparedShare(Accuracy, Rows[0].Images);

    /// <summary>Rows with the same values together, in the order of the first of each.</summary>
    public static IReadOnlyList<SweepGroup> Of(IEnumerable<SweepRow> rows) =>
        [.. rows.GroupBy(row => string.Join('\n', row.Values)).Select(group => new SweepGroup(group.First().Values, [.. group]))];
}
