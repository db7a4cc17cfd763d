using ImageSig.Reports;

namespace ImageSig.Comparison;

/// <summary>What came of one contestant.</summary>
/// <param name="Name">Of the contestant.</param>
/// <param name="Description">Likewise.</param>
/// <param name="Images">N: how many it was judged on.</param>
/// <param name="Accuracy">Share right.</param>
/// <param name="BalancedAccuracy">Mean recall of the classes.</param>
/// <param name="CalibrationError">Expected calibration error.</param>
/// <param name="Parameters">Numbers learned.</param>
/// <param name="Bytes">To be stored.</param>
/// <param name="MultiplyAdds">Of one answer, from features on.</param>
/// <param name="Microseconds">Of one image on one thread, from file to answer.</param>
/// <param name="TrainingTime">By the clock, reading included.</param>
internal sealed record ComparisonEntry(
    string Name, string Description, int Images, double Accuracy, double BalancedAccuracy, double CalibrationError, long Parameters, long Bytes,
    long MultiplyAdds, double Microseconds, TimeSpan TrainingTime)
{
    /// <summary>Whether it is no network: it has no model file that could be used.</summary>
    public bool IsBaseline => Contestants.IsBaseline(Name);

    /// <summary>Of the accuracy: what other test images would change.</summary>
    public double StandardError => StandardErrors.OfComparedShare(Accuracy, Images);

    /// <summary>The accuracy, one standard error to both sides, as far as there are such shares.</summary>
    public (double Low, double High) Range => (Math.Max(0, Accuracy - StandardError), Math.Min(1, Accuracy + StandardError));
}
