using ImageSig.Comparison;

namespace ImageSig.Cli.Json;

/// <summary>What <c>compare --json</c> prints.</summary>
internal static class ComparisonJson
{
    public static JsonMembers Of(ComparisonResult result) => new(
        // What all were judged on, in words.
        ("testSet", result.TestSet),
        // The most accurate, and the network to take: of those within one standard error of it one of the fastest, with the least arithmetic; null where nothing, or no network, was compared.
        ("best", result.Best?.Name),
        ("recommended", result.Recommended?.Name),
        // The baseline that would be taken were it a model, by the same rule; then the recommended one is the one to take of the networks. Null where the rule leads to a network.
        ("baseline", result.Baseline?.Name),
        // In the order in which they were tried.
        ("models", result.Entries.Select(entry => new JsonMembers(
            ("name", entry.Name), ("description", entry.Description), ("images", entry.Images), ("accuracy", entry.Accuracy), ("standardError", entry.StandardError),
            ("balancedAccuracy", entry.BalancedAccuracy), ("calibrationError", entry.CalibrationError), ("parameters", entry.Parameters), ("bytes", entry.Bytes),
            ("multiplyAdds", entry.MultiplyAdds), ("microseconds", entry.Microseconds), ("trainingSeconds", entry.TrainingTime.TotalSeconds),
            ("asGoodAsBest", result.IsAsGoodAsBest(entry)), ("onFrontier", result.IsOnFrontier(entry))))),
        // Those without figures.
        ("leftOut", result.LeftOut.Select(entry => new JsonMembers(("name", entry.Name), ("reason", entry.Reason)))));
}
