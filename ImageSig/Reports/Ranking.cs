namespace ImageSig.Reports;

/// <summary>How well the probability of a class ranks pictures of that class before all others, whatever the threshold.</summary>
/// <param name="Class">The class that is looked for.</param>
/// <param name="Found">From the highest threshold to the lowest: the share of the class that is found (recall), the share of the others that is taken for it, and the share
/// right of what is taken for it (precision).</param>
/// <param name="Area">Under recall over the share of others (AUROC): the chance that a picture of the class is ranked before one of another.</param>
/// <param name="AreaError">One standard error of it. Source: Hanley and McNeil, "The meaning and use of the area under a ROC curve", Radiology 1982.</param>
/// <param name="AveragePrecision">The mean of the precision over the pictures of the class: <c>Σ (recallₙ − recallₙ₋₁) precisionₙ</c>.</param>
internal sealed record Ranking(string Class, IReadOnlyList<RankingPoint> Found, double Area, double AreaError, double AveragePrecision)
{
    /// <summary>The ranking of pictures by the probability of a class; null unless there are pictures of the class and others.</summary>
    public static Ranking? Of(IReadOnlyList<JudgedImage> images, IReadOnlyList<string> classes, int label)
    {
        int wanted = images.Count(image => image.Label == label), others = images.Count - wanted;
        if (wanted == 0 || others == 0)
            return null;
        List<RankingPoint> found = [new(0, 0, 1)];
        double area = 0, average = 0;
        int hits = 0, misses = 0;
        // Pictures of the same probability cross a threshold together.
        foreach (Group<float, JudgedImage> equals in images.GroupBy(image => image.Answer.Probabilities[label].Probability).OrderByDescending(group => group.Key))
        {
            int more = equals.Count(image => image.Label == label), wrong = equals.Count() - more;
            area += (hits + (more / 2.0)) * wrong;
            (hits, misses) = (hits + more, misses + wrong);
            average += (double)more * hits / (hits + misses);
            found.Add(new((double)hits / wanted, (double)misses / others, (double)hits / (hits + misses)));
        }
        area /= (double)wanted * others;
        return new Ranking(classes[label], found, area, Error(area, wanted, others), average / wanted);
    }

    private static double Error(double area, int wanted, int others)
    {
        double square = area * area, ofWanted = (area / (2 - area)) - square, ofOthers = (2 * square / (1 + area)) - square;
        return Math.Sqrt(Math.Max(0, (area * (1 - area)) + ((wanted - 1) * ofWanted) + ((others - 1) * ofOthers)) / ((double)wanted * others));
    }
}

/// <summary>What one threshold finds, in shares 0…1.</summary>
internal readonly record struct RankingPoint(double Recall, double FalseAlarms, double Precision);
