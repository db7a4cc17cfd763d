namespace ImageSig.NN;

/// <summary>Which epoch's weights are kept: the latest that is within one standard error of the best.</summary>
/// <remarks>Of a few dozen validation images the best of many epochs is mostly the luckiest, often an early one; later ones, at lower
/// learning rates, are then the better guess. Source of the rule: Breiman et al., "Classification and regression trees", 1984, section 3.4.3.</remarks>
internal static class EpochChoice
{
    /// <summary>The number, from 1, of the epoch with the highest balanced accuracy; of equal ones, or without accuracies, the lowest loss.</summary>
    public static int Best(IReadOnlyList<EpochRecord> history)
    {
        EpochRecord best = history[0];
        foreach (EpochRecord record in history)
            if (IsBetter(record, best))
                best = record;
        return best.Epoch;
    }

    /// <summary>Whether the last epoch takes the place of those before it.</summary>
    /// <param name="history">At least one epoch.</param>
    /// <param name="validationSamples">What they were measured on; 0 for nothing: then the last is always taken.</param>
    public static bool TakesLast(IReadOnlyList<EpochRecord> history, int validationSamples)
    {
        EpochRecord last = history[^1];
        int best = Best(history);
        if (validationSamples == 0 || best == last.Epoch)
            return true;
        return history[best - 1].ValidationBalancedAccuracy is { } highest
            && last.ValidationBalancedAccuracy >= highest - StandardError(highest, validationSamples);
    }

    /// <summary>Of a share seen in <paramref name="samples"/>: not 0 where all, or none, were right (Laplace's rule of succession). An approximation: the
    /// mean of the recalls of classes of very different size varies more, that over several questions less.</summary>
    private static double StandardError(double share, int samples)
    {
        double chance = (share * samples + 1) / (samples + 2);
        return Math.Sqrt(chance * (1 - chance) / samples);
    }

    private static bool IsBetter(EpochRecord record, EpochRecord best) =>
        record.ValidationBalancedAccuracy is null
            ? IsLower(record.ValidationLoss, best.ValidationLoss)
            : record.ValidationBalancedAccuracy > best.ValidationBalancedAccuracy
                || (record.ValidationBalancedAccuracy == best.ValidationBalancedAccuracy && IsLower(record.ValidationLoss, best.ValidationLoss));

    /// <summary>Whether a loss is below another; NaN is above every number.</summary>
    private static bool IsLower(double? loss, double? other) => loss < other || (other is double.NaN && loss is not double.NaN);
}
