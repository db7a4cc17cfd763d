using ImageSig.NN;

namespace ImageSig;

/// <summary>How a model does on one attribute, on images that it was not trained on. A figure that does not exist, for want of answers, is not a number.</summary>
/// <param name="Name">The attribute.</param>
/// <param name="Confusion">Counts of [actual, predicted], no and yes; images whose answer is not known are not among them.</param>
public sealed record AttributeFigures(string Name, ConfusionMatrix Confusion)
{
    private const int Yes = 1;

    /// <summary>The share right; NaN where no answer is known.</summary>
    public double Accuracy => Confusion.Count > 0 ? Confusion.Accuracy : double.NaN;

    /// <summary>The mean of the shares of yes and of no that are right; NaN unless there are both.</summary>
    public double BalancedAccuracy => Confusion.HasEveryClass ? Confusion.BalancedAccuracy : double.NaN;

    /// <summary>Precision and recall of yes together; NaN where no image has it.</summary>
    public double F1 => Support > 0 ? Confusion.F1(Yes) : double.NaN;

    /// <summary>The share of the more frequent answer; NaN where none is known.</summary>
    public double MajorityRate => Confusion.Count > 0 ? Confusion.MajorityRate : double.NaN;

    /// <summary>How many images have it.</summary>
    public int Support => Confusion.Support(Yes);

    internal static Evaluation Evaluate(
        IReadOnlyList<string> names, IReadOnlyList<LabeledImage> images, IReadOnlyList<Prediction> predicted, IReadOnlyList<UnreadableImage> unreadable, StageTimes times)
    {
        ConfusionMatrix all = new(2);
        AttributeFigures[] attributes = [.. names.Select(name => new AttributeFigures(name, new ConfusionMatrix(2)))];
        for (int index = 0; index < images.Count; index++)
            for (int k = 0; k < attributes.Length; k++)
                if (images[index].Answers![k] is { } actual)
                {
                    int said = predicted[index].Probabilities[k].Probability > 0.5f ? Yes : 0;
                    attributes[k].Confusion.Add(actual ? Yes : 0, said);
                    all.Add(actual ? Yes : 0, said);
                }
        return new Evaluation(["no", "yes"], all, unreadable, times) { Count = images.Count, Attributes = attributes };
    }

    /// <summary>The mean of a figure over those attributes that have it; NaN where none does.</summary>
    internal static double Mean(IReadOnlyList<AttributeFigures> attributes, Func<AttributeFigures, double> figure) =>
        attributes.Select(figure).Where(value => !double.IsNaN(value)).Average();
}
