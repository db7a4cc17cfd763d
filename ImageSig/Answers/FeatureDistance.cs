namespace ImageSig;

/// <summary>How far the features of one layer are from the means of a few groups of images: the squared distance to the nearest,
/// <c>min over k of |d|² − Σᵣ (directionᵣ · d)²</c> with <c>d = scale · f / |f| − meanₖ</c>.</summary>
/// <remarks>It is a Mahalanobis distance whose covariance, shared by the groups, is a diagonal and a few directions: those in which the images of a group differ most, where a
/// deviation says least. Features are brought to length 1 since strange images mostly excite a network less, not more (Mueller &amp; Hein, "Mahalanobis++", ICML 2025).</remarks>
/// <param name="Scale">[F].</param>
/// <param name="Means">[K, F].</param>
/// <param name="Directions">[R, F].</param>
internal sealed record FeatureDistance(float[] Scale, float[] Means, float[] Directions)
{
    /// <summary>The most directions that a file may hold.</summary>
    public const int MaxDirections = 64;

    /// <summary>F.</summary>
    public int Count => Scale.Length;

    /// <summary>The distance of an image.</summary>
    /// <param name="features">[F], f; scaled in place.</param>
    public double Squared(Span<float> features)
    {
        Normalize(features);
        for (int i = 0; i < features.Length; i++)
            features[i] *= Scale[i];
        double nearest = double.PositiveInfinity;
        for (int start = 0; start < Means.Length; start += features.Length)
            nearest = Math.Min(nearest, Squared(features, Means.AsSpan(start, features.Length)));
        return nearest;
    }

    /// <summary>Brings features to length 1; those that are all zero stay so.</summary>
    public static void Normalize(Span<float> features)
    {
        double squares = 0;
        foreach (float feature in features)
            squares += (double)feature * feature;
        double factor = squares > 0 ? 1 / Math.Sqrt(squares) : 0;
        for (int i = 0; i < features.Length; i++)
            features[i] = (float)(features[i] * factor);
    }

    private double Squared(ReadOnlySpan<float> features, ReadOnlySpan<float> mean)
    {
        double distance = 0;
        Span<double> along = stackalloc double[MaxDirections];
        along = along[..(Directions.Length / features.Length)];
        along.Clear();
        // All directions side by side: the additions of one would wait for each other.
        for (int i = 0; i < features.Length; i++)
        {
            double difference = (double)features[i] - mean[i];
            distance += difference * difference;
            for (int r = 0, at = i; r < along.Length; r++, at += features.Length)
                along[r] += Directions[at] * difference;
        }
        foreach (double each in along)
            distance -= each * each;
        return distance;
    }
}
