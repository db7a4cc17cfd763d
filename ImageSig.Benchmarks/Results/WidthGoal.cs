namespace ImageSig.Benchmarks.Results;

/// <summary>How long ImageSig may take with wider registers, as a multiple of its time with narrower ones on the same processor.</summary>
/// <param name="Topic">Of both measurements.</param>
/// <param name="Setting">Likewise.</param>
/// <param name="Bound">The most.</param>
internal sealed record WidthGoal(string Topic, string Setting, double Bound)
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<WidthGoal> All { get; } = [new("one long path", "1 x 1024 x 5, depth 5, backward", 1)];

    /// <summary>Whether two runs meet it; null where one has no such measurement.</summary>
    public GoalOutcome? In(BenchmarkResults wide, BenchmarkResults narrow) =>
        wide.Find(Topic, Setting, BenchmarkMeasurement.Ours) is { } ours && narrow.Find(Topic, Setting, BenchmarkMeasurement.Ours) is { } other
            ? RatioGoal.Outcome($"{Topic}, {Setting}, {wide.VectorBits} bits", $"{narrow.VectorBits} bits", Bound, ours.Nanoseconds / other.Nanoseconds)
            : null;
}
