using System.Text.Json.Serialization;
using ImageSig.Cli.Arguments;
using ImageSig.Sweeping;

namespace ImageSig.Cli.Json;

/// <summary>What <c>sweep --json</c> prints.</summary>
/// <param name="JudgedOn">What all were judged on, in words.</param>
/// <param name="Results">One for each combination, in the sweep's order.</param>
internal sealed record SweepJson(string JudgedOn, IReadOnlyList<SweepGroupJson> Results)
{
    public static SweepJson Of(string judgedOn, IReadOnlyList<Variation> variations, IReadOnlyList<SweepGroup> groups, PaperTable? paper) => new(
        judgedOn,
        [.. groups.Select(group => new SweepGroupJson(
            variations.Zip(group.Values).ToDictionary(pair => pair.First.Name, pair => pair.Second), [.. group.Rows.Select(row => row.Seed)], group.Rows[0].Images,
            group.Accuracy, group.StandardError, group.BalancedAccuracy, [.. group.Rows.Select(row => row.Accuracy)], group.Rows[0].Parameters, group.Rows[0].Bytes,
            paper is null ? null : new PaperFiguresJson(paper.Of(group.Values).Parameters, paper.Of(group.Values).Accuracy)))]);
}

/// <summary>The figures of one combination.</summary>
internal sealed record SweepGroupJson(
    IReadOnlyDictionary<string, string> Settings, IReadOnlyList<ulong> Seeds, int Images, double Accuracy, double StandardError, double BalancedAccuracy,
    IReadOnlyList<double> Accuracies, long Parameters, long Bytes, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] PaperFiguresJson? Paper);

/// <summary>What the paper prints; null where that is not known.</summary>
internal sealed record PaperFiguresJson(long? Parameters, double? Accuracy);
