namespace ImageSig;

/// <summary>The expected calibration error: answers fall into fifteen bins by their confidence, and the error is the mean, over the answers, of the difference between a bin's
/// mean confidence and the share of it that is right.</summary>
/// <remarks>0 where a confidence of 80 % is right in 80 of 100 answers. Of few answers it is never 0: bins of few are right or wrong by chance.
/// Source: Guo et al., "On calibration of modern neural networks", ICML 2017.</remarks>
internal sealed class CalibrationError
{
    private const int BinCount = 15;
    private readonly double[] surplus = new double[BinCount];
    private readonly int[] counts = new int[BinCount], right = new int[BinCount];

    /// <summary>0…1; 0 of no answers.</summary>
    public double Value => counts.Sum() is 0 ? 0 : surplus.Sum(Math.Abs) / counts.Sum();

    /// <summary>The bins, by confidence.</summary>
    public IReadOnlyList<CalibrationBin> Bins =>
    [
        .. Sequences.Range(0, BinCount).Select(bin => new CalibrationBin((double)bin / BinCount, (bin + 1.0) / BinCount, counts[bin], right[bin], surplus[bin] + right[bin])),
    ];

    /// <summary>Counts one answer.</summary>
    /// <param name="confidence">0…1.</param>
    /// <param name="isRight">Whether it was right.</param>
    public void Add(float confidence, bool isRight)
    {
        int bin = Math.Min((int)(confidence * BinCount), BinCount - 1);
        surplus[bin] += confidence - (isRight ? 1 : 0);
        counts[bin]++;
        right[bin] += isRight ? 1 : 0;
    }
}

/// <summary>The answers whose confidence is from <paramref name="From"/> to <paramref name="To"/>.</summary>
/// <param name="From">0…1.</param>
/// <param name="To">0…1.</param>
/// <param name="Count">How many.</param>
/// <param name="Right">How many of them are right.</param>
/// <param name="Confidence">The sum of their confidences.</param>
internal readonly record struct CalibrationBin(double From, double To, int Count, int Right, double Confidence)
{
    /// <summary>Of the answers; not a number where there are none.</summary>
    public double MeanConfidence => Confidence / Count;

    /// <summary>0…1; not a number where there are none.</summary>
    public double ShareRight => (double)Right / Count;
}
