using ImageSig.NN;

namespace ImageSig.Reports;

/// <summary>By how much figures would differ on other pictures of the same kind, as one standard deviation.</summary>
/// <remarks>The normal approximation: of few pictures, or of shares next to 0 or 1, it is too small, but for <see cref="OfComparedShare"/>.</remarks>
internal static class StandardErrors
{
    /// <summary>Of a share p of n: <c>√(p (1 − p) / n)</c>; not a number where n is 0.</summary>
    public static double OfShare(double share, int count) => count == 0 ? double.NaN : Math.Sqrt(share * (1 - share) / count);

    /// <summary>Of a share p = k / n that is compared with others: <c>p̃ = (k + 2) / (n + 4)</c>, <c>√(p̃ (1 − p̃) / (n + 4))</c>. Where all were right it is not 0, as if no other pictures could
    /// be told wrongly.</summary>
    /// <remarks>Source: Agresti &amp; Coull, "Approximate is better than 'exact' for interval estimation of binomial proportions", The American Statistician 52, 1998.</remarks>
    public static double OfComparedShare(double share, int count) => OfShare(((share * count) + 2) / (count + 4), count + 4);

    /// <summary>Of the mean of the recalls of the classes that occur, each of which varies by itself.</summary>
    public static double OfBalancedAccuracy(ConfusionMatrix confusion)
    {
        int[] present = [.. Sequences.Range(0, confusion.Classes).Where(label => confusion.Support(label) > 0)];
        return Math.Sqrt(present.Sum(label => Math.Pow(OfShare(confusion.Recall(label), confusion.Support(label)), 2))) / present.Length;
    }

    /// <summary>Of F1 = 2 p / (1 + p), where p is the share right of all n pictures that are of the class or taken for it: the derivative times the error of p.</summary>
    public static double OfF1(ConfusionMatrix confusion, int label)
    {
        int right = confusion[label, label], either = confusion.Support(label) + confusion.Predicted(label) - right;
        double share = (double)right / either;
        return 2 / ((1 + share) * (1 + share)) * OfShare(share, either);
    }
}
