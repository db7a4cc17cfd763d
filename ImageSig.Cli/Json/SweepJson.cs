using ImageSig.Cli.Arguments;
using ImageSig.Sweeping;

namespace ImageSig.Cli.Json;

/// <summary>What <c>sweep --json</c> prints: what all were judged on, in words, and the figures of each combination, in the sweep's order.</summary>
internal static class SweepJson
{
    public static JsonMembers Of(string judgedOn, IReadOnlyList<Variation> variations, IReadOnlyList<SweepGroup> groups, PaperTable? paper) => new(
        ("judgedOn", judgedOn),
        ("results", groups.Select(group => new JsonMembers(
            ("settings", JsonMembers.Named(variations.Zip(group.Values).Select(pair => (pair.First.Name, (object?)pair.Second)))),
            ("seeds", group.Rows.Select(row => row.Seed)), ("images", group.Rows[0].Images), ("accuracy", group.Accuracy), ("standardError", group.StandardError),
            ("balancedAccuracy", group.BalancedAccuracy), ("accuracies", group.Rows.Select(row => row.Accuracy)), ("parameters", group.Rows[0].Parameters),
            ("bytes", group.Rows[0].Bytes),
            // What the paper prints; null where that is not known.
            ("?paper", paper is null ? null : new JsonMembers(("parameters", paper.Of(group.Values).Parameters), ("accuracy", paper.Of(group.Values).Accuracy)))))));
}
