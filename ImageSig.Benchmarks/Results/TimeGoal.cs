namespace ImageSig.Benchmarks.Results;

/// <summary>How long ImageSig may take, whatever others do.</summary>
/// <param name="Topic">Of the measurement of ImageSig.</param>
/// <param name="Setting">Likewise.</param>
/// <param name="Bits">Bits of the registers that it is meant for.</param>
/// <param name="Microseconds">The most.</param>
internal sealed record TimeGoal(string Topic, string Setting, int Bits, double Microseconds) : BenchmarkGoal(Topic, Setting)
{
    /// <inheritdoc/>
    protected override GoalOutcome? Of(BenchmarkMeasurement ours, BenchmarkResults results) => results.VectorBits != Bits
        ? null
        : new GoalOutcome($"{Topic}, {Setting}", "–", BenchmarkText.Time(1e3 * Microseconds), BenchmarkText.Time(ours.Nanoseconds), ours.Nanoseconds <= 1e3 * Microseconds);
}
