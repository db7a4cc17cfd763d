namespace ImageSig.Sweeping;

/// <summary>One training of a sweep, before it is done.</summary>
/// <param name="Values">Of what is varied, in the sweep's order, as they were written.</param>
/// <param name="Recipe">With these values and a seed.</param>
internal sealed record SweepPoint(IReadOnlyList<string> Values, TrainingRecipe Recipe)
{
    /// <summary>The recipe's.</summary>
    public ulong Seed => Recipe.Training.Seed;

    /// <summary>Whether a row is what came of this training.</summary>
    public bool Is(SweepRow row) => row.Seed == Seed && row.Values.SequenceEqual(Values);
}
