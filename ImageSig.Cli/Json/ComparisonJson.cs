using ImageSig.Comparison;

namespace ImageSig.Cli.Json;

/// <summary>What <c>compare --json</c> prints.</summary>
/// <param name="TestSet">What all were judged on, in words.</param>
/// <param name="Best">The most accurate; null where nothing was compared.</param>
/// <param name="Recommended">The fastest within one standard error of it.</param>
/// <param name="Models">In the order in which they were tried.</param>
/// <param name="LeftOut">Those without figures.</param>
internal sealed record ComparisonJson(
    string TestSet, string? Best, string? Recommended, IReadOnlyList<ContestantJson> Models, IReadOnlyList<LeftOutJson> LeftOut)
{
    public static ComparisonJson Of(ComparisonResult result) => new(
        result.TestSet, result.Best?.Name, result.Recommended?.Name,
        [.. result.Entries.Select(entry => new ContestantJson(
            entry.Name, entry.Description, entry.Images, entry.Accuracy, entry.StandardError, entry.BalancedAccuracy, entry.CalibrationError, entry.Parameters, entry.Bytes,
            entry.MultiplyAdds, entry.Microseconds, entry.TrainingTime.TotalSeconds, result.IsAsGoodAsBest(entry), result.IsOnFrontier(entry)))],
        [.. result.LeftOut.Select(entry => new LeftOutJson(entry.Name, entry.Reason))]);
}

/// <summary>The figures of one model.</summary>
internal sealed record ContestantJson(
    string Name, string Description, int Images, double Accuracy, double StandardError, double BalancedAccuracy, double CalibrationError, long Parameters, long Bytes,
    long MultiplyAdds, double Microseconds, double TrainingSeconds, bool AsGoodAsBest, bool OnFrontier);

/// <summary>One without.</summary>
internal sealed record LeftOutJson(string Name, string Reason);
