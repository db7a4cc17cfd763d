namespace ImageSig;

/// <summary>The expected calibration error: answers fall into fifteen bins by their confidence, and the error is the mean, over the answers, of the difference between a bin's
/// mean confidence and the share of it that is right.</summary>
/// <remarks>0 where a confidence of 80 % is right in 80 of 100 answers. Of few answers it is never 0: bins of few are right or wrong by chance.
/// Source: Guo et al., "On calibration of modern neural networks", ICML 2017.</remarks>
internal sealed class CalibrationError
{
    private const int Bins = 15;
    private readonly double[] surplus = new double[Bins];
    private int count;

    /// <summary>0…1; 0 of no answers.</summary>
    public double Value => count == 0 ? 0 : surplus.Sum(Math.Abs) / count;

    /// <summary>Counts one answer.</summary>
    /// <param name="confidence">0…1.</param>
    /// <param name="isRight">Whether it was right.</param>
    public void Add(float confidence, bool isRight)
    {
        surplus[Math.Min((int)(confidence * Bins), Bins - 1)] += confidence - (isRight ? 1 : 0);
        count++;
    }
}
