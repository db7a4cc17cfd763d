namespace ImageSig;

/// <summary>Tells how far an image is from those that a model was trained on, by the last feature layer: the squared distance to the nearest mean of a class,
/// <c>min over k of |d|² − Σᵣ (directionᵣ · d)²</c> with <c>d = scale · f / |f| − meanₖ</c>.</summary>
/// <remarks>It is a Mahalanobis distance whose covariance, shared by the classes, is a diagonal and a few directions: those in which the images of a class differ most, where a
/// deviation says least. Features are brought to length 1 since strange images mostly excite a network less, not more (Mueller &amp; Hein, "Mahalanobis++", ICML 2025).</remarks>
/// <param name="Scale">[F].</param>
/// <param name="Means">[K, F], of the classes that are no <see cref="NegativeClass"/>.</param>
/// <param name="Directions">[R, F].</param>
/// <param name="Limit">The distance from which an image is unknown; finite, above 0.</param>
internal sealed record Familiarity(float[] Scale, float[] Means, float[] Directions, double Limit)
{
    /// <summary>The most directions that a file may hold.</summary>
    public const int MaxDirections = 64;

    /// <summary>The distance of an image, in units of the limit: above 1 it is unknown.</summary>
    /// <param name="features">[F], f; scaled in place.</param>
    public double Distance(Span<float> features) => SquaredDistance(features) / Limit;

    /// <summary>The distance itself.</summary>
    /// <param name="features">[F], f; scaled in place.</param>
    public double SquaredDistance(Span<float> features)
    {
        Normalize(features);
        for (int i = 0; i < features.Length; i++)
            features[i] *= Scale[i];
        double nearest = double.PositiveInfinity;
        for (int start = 0; start < Means.Length; start += features.Length)
            nearest = Math.Min(nearest, SquaredDistance(features, Means.AsSpan(start, features.Length)));
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

    private double SquaredDistance(ReadOnlySpan<float> features, ReadOnlySpan<float> mean)
    {
        double distance = 0;
        for (int i = 0; i < features.Length; i++)
        {
            double difference = (double)features[i] - mean[i];
            distance += difference * difference;
        }
        for (int start = 0; start < Directions.Length; start += features.Length)
        {
            double along = 0;
            for (int i = 0; i < features.Length; i++)
                along += Directions[start + i] * ((double)features[i] - mean[i]);
            distance -= along * along;
        }
        return distance;
    }
}
