using ImageSig.NN;

namespace ImageSig.Cli.Display;

/// <summary>What is said of one class; NaN where there is nothing to divide by: recall of a class without pictures, precision of one that nothing is taken for.</summary>
internal readonly record struct ClassFigures(double Precision, double Recall, double F1, int Support)
{
    public static ClassFigures Of(ConfusionMatrix confusion, int label)
    {
        (int support, int predicted) = (confusion.Support(label), confusion.Predicted(label));
        return new(
            predicted == 0 ? double.NaN : confusion.Precision(label), support == 0 ? double.NaN : confusion.Recall(label),
            support + predicted == 0 ? double.NaN : confusion.F1(label), support);
    }
}
