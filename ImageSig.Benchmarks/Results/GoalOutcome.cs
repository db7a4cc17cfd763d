namespace ImageSig.Benchmarks.Results;

/// <summary>What a goal asks for, and what was measured.</summary>
/// <param name="What">ImageSig's time at what.</param>
/// <param name="Beside">What it is compared with.</param>
/// <param name="Bound">The most that it may be.</param>
/// <param name="Measured">What it is.</param>
/// <param name="IsMet">Whether that is within the bound.</param>
internal sealed record GoalOutcome(string What, string Beside, string Bound, string Measured, bool IsMet)
{
    /// <summary>The head of a table of <see cref="Row"/>.</summary>
    public static IReadOnlyList<string> Head { get; } = ["| ImageSig's time at | beside | at most | measured | |", "|---|---|---|---|---|"];

    /// <summary>A row of a table.</summary>
    public string Row => $"| {What} | {Beside} | {Bound} | {Measured} | {(IsMet ? "met" : "**missed**")} |";
}
