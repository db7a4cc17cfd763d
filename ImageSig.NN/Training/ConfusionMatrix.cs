namespace ImageSig.NN;

/// <summary>How often each class was taken for each: all metrics of a classifier follow from it.</summary>
public sealed class ConfusionMatrix
{
    /// <summary>The square root of what an array can hold.</summary>
    private const int MaxClasses = 46_340;

    private readonly int[,] counts;

    /// <summary>An empty table for <paramref name="classes"/> classes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is not one class, or there are more than a table can hold.</exception>
    public ConfusionMatrix(int classes)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(classes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(classes, MaxClasses);
        counts = new int[classes, classes];
    }

    /// <summary>How many classes.</summary>
    public int Classes => counts.GetLength(0);

    /// <summary>How many samples were counted.</summary>
    public int Count { get; private set; }

    /// <summary>Samples of class <paramref name="actual"/> that were taken for <paramref name="predicted"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public int this[int actual, int predicted] => counts[Checked(actual), Checked(predicted)];

    /// <summary>Share of samples that were right; 0 when empty.</summary>
    public double Accuracy
    {
        get
        {
            int right = 0;
            for (int c = 0; c < Classes; c++)
                right += counts[c, c];
            return Share(right, Count);
        }
    }

    /// <summary>Mean recall over the classes that occur: what a guess of the largest class cannot raise.</summary>
    public double BalancedAccuracy
    {
        get
        {
            double sum = 0;
            int present = 0;
            for (int c = 0; c < Classes; c++)
            {
                if (Support(c) == 0)
                    continue;
                sum += Recall(c);
                present++;
            }
            return present == 0 ? 0 : sum / present;
        }
    }

    /// <summary>Share of the largest class: the accuracy of always guessing it.</summary>
    public double MajorityRate => Share(Sequences.Range(0, Classes).Max(Support), Count);

    /// <summary>Whether every class occurs: without that, figures that weigh the classes alike say nothing of some.</summary>
    internal bool HasEveryClass => Sequences.Range(0, Classes).All(label => Support(label) > 0);

    /// <summary>Counts one sample.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public void Add(int actual, int predicted)
    {
        counts[Checked(actual), Checked(predicted)]++;
        Count++;
    }

    /// <summary>Samples of the class.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public int Support(int actual)
    {
        Checked(actual);
        int sum = 0;
        for (int predicted = 0; predicted < Classes; predicted++)
            sum += counts[actual, predicted];
        return sum;
    }

    /// <summary>Samples taken for the class.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public int Predicted(int predicted)
    {
        Checked(predicted);
        int sum = 0;
        for (int actual = 0; actual < Classes; actual++)
            sum += counts[actual, predicted];
        return sum;
    }

    /// <summary>Share of those taken for the class that are of it; 0 if none.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public double Precision(int label) => Share(this[label, label], Predicted(label));

    /// <summary>Share of the class that was recognized; 0 if it does not occur.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public double Recall(int label) => Share(this[label, label], Support(label));

    /// <summary>Harmonic mean of precision and recall: <c>2 TP / (support + predicted)</c>; 0 if the class neither occurs nor is guessed.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public double F1(int label) => Share(2 * this[label, label], Support(label) + Predicted(label));

    /// <summary>The most probable class; the first of equals.</summary>
    internal static int Best(ReadOnlySpan<float> probabilities)
    {
        int best = 0;
        for (int c = 1; c < probabilities.Length; c++)
            if (probabilities[c] > probabilities[best])
                best = c;
        return best;
    }

    private int Checked(int label) => (uint)label < (uint)Classes
        ? label
        : throw new ArgumentOutOfRangeException(nameof(label), $"ConfusionMatrix: there is no class {label}; classes are 0 to {Classes - 1}.");

    private static double Share(int part, int whole) => whole == 0 ? 0 : (double)part / whole;
}
