using System.Globalization;

namespace ImageSig.Benchmarks.Results;

/// <summary>How long ImageSig may take, as a multiple of another measurement of the same run.</summary>
/// <param name="Topic">Of the measurement of ImageSig.</param>
/// <param name="Setting">Likewise.</param>
/// <param name="Other">Another program at the same, or another setting of ImageSig.</param>
/// <param name="Bound">The most, by the register's bits; 0 where there is no goal.</param>
internal sealed record RatioGoal(string Topic, string Setting, string Other, Func<int, double> Bound) : BenchmarkGoal(Topic, Setting)
{
    /// <summary>What the goal is told beside, where <see cref="Other"/> stands for something else.</summary>
    public string Beside { get; init; } = Other;

    /// <summary>What <paramref name="what"/> takes beside something else.</summary>
    public static GoalOutcome Outcome(string what, string beside, double bound, double ratio) =>
        new(what, beside, bound.ToString("0.##", CultureInfo.InvariantCulture), ratio.ToString("0.00", CultureInfo.InvariantCulture), ratio <= bound);

    /// <inheritdoc/>
    protected override GoalOutcome? Of(BenchmarkMeasurement ours, BenchmarkResults results)
    {
        double bound = Bound(results.VectorBits);
        BenchmarkMeasurement? other = results.Find(Topic, Setting, Other) ?? results.Find(Topic, Other, BenchmarkMeasurement.Ours);
        return bound == 0 || other is null ? null : Outcome($"{Topic}, {Setting}", Beside, bound, ours.Nanoseconds / other.Nanoseconds);
    }
}
