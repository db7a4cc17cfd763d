using ImageSig.NN;

namespace ImageSig.Sweeping;

/// <summary>What came of one training of a sweep. Nothing of it depends on the clock or the machine.</summary>
/// <param name="Values">Of what is varied.</param>
/// <param name="Seed">Of the training.</param>
/// <param name="Images">N: how many it was judged on.</param>
/// <param name="Accuracy">Share right.</param>
/// <param name="BalancedAccuracy">Mean recall of the classes.</param>
/// <param name="Parameters">Numbers learned.</param>
/// <param name="Bytes">Of the model file.</param>
/// <param name="Epochs">That ran.</param>
/// <param name="ChosenEpoch">Whose weights were judged.</param>
internal sealed record SweepRow(
    IReadOnlyList<string> Values, ulong Seed, int Images, double Accuracy, double BalancedAccuracy, long Parameters, long Bytes, int Epochs, int ChosenEpoch)
{
    /// <summary>The figures of a training.</summary>
    public static SweepRow Of(SweepPoint point, TrainingOutcome outcome, Evaluation judged)
    {
        using MemoryStream file = new();
        outcome.Classifier.Save(file);
        ConfusionMatrix confusion = judged.Confusion;
        return new SweepRow(
            point.Values, point.Seed, confusion.Count, confusion.Accuracy, confusion.BalancedAccuracy, outcome.Classifier.Model.ParameterCount, file.Length,
            outcome.Summary.Epochs.Count, outcome.Summary.ChosenEpoch);
    }
}
