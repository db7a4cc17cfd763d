using ImageSig.Tensors;

namespace ImageSig;

/// <summary>Finds what <see cref="Familiarity"/> measures by. In double, in the order of the images: the same for any number of threads.</summary>
internal static class FamiliarityFit
{
    /// <summary>Directions of the last feature layer, where classes differ in all of them; and of a stage.</summary>
    private const int LastDirections = 4, StageDirections = 8;

    /// <summary>How much of each feature's variance is that of all features: what no training image ever excites must not weigh without bounds.</summary>
    private const double Shrinkage = 0.1;

    private const double LeastVariance = 1e-9;
    private const int LastFeaturesPerDirection = 8, StageFeaturesPerDirection = 2, Iterations = 30;

    // Beyond the purposes that the rooms below draw random numbers for, and those of the split and of augmentation.
    private const uint DirectionPurpose = RandomPurpose.First + 258;

    /// <summary>Distances in the last feature layer and all stages; the limit is not known yet.</summary>
    /// <param name="descriptions">[N][<see cref="NN.Model.DescriptionCount"/>], of training images.</param>
    /// <param name="labels">[N], each 0…K − 1; of every class there is an image.</param>
    /// <param name="classes">K.</param>
    /// <param name="lengths">How many numbers are of the last feature layer, and of each stage.</param>
    public static Familiarity Measure(float[][] descriptions, int[] labels, int classes, IReadOnlyList<int> lengths)
    {
        FeatureDistance[] distances = new FeatureDistance[lengths.Count];
        int start = 0;
        for (int i = 0; i < lengths.Count; i++)
        {
            int from = start, to = start += lengths[i];
            float[][] features = [.. descriptions.Select(image => image[from..to])];
            distances[i] = i == 0
                ? Measure(features, labels, classes, Math.Min(LastDirections, lengths[i] / LastFeaturesPerDirection))
                : Measure(features, new int[labels.Length], 1, Math.Min(StageDirections, lengths[i] / StageFeaturesPerDirection));
        }
        return new Familiarity(distances[0], distances[1..], Limit: 1);
    }

    /// <summary>Means, scale and directions in one layer, so that the distances of these images, which are overwritten, are 1 on average.</summary>
    private static FeatureDistance Measure(float[][] images, int[] labels, int classes, int directions)
    {
        float[][] features = [.. images.Select(image => (float[])image.Clone())];
        int length = features[0].Length;
        foreach (float[] image in features)
            FeatureDistance.Normalize(image);
        double[][] means = Means(features, labels, classes, length);
        double[] scale = Scale(features, labels, means);
        for (int n = 0; n < features.Length; n++)
            for (int i = 0; i < length; i++)
                features[n][i] = (float)((features[n][i] - means[labels[n]][i]) * scale[i]);

        (double[][] axes, double[] variances, double rest) = PrincipalAxes(features, directions);
        // Per feature that is left, the directions taken out: the unit that all of them are measured in.
        double unit = Math.Sqrt(Math.Max(rest / (length - axes.Length), LeastVariance));
        float[] kept = [.. axes.SelectMany((axis, r) => axis.Select(value => (float)(value * Math.Sqrt(Math.Max(0, 1 - unit * unit / variances[r])))))];
        FeatureDistance distance = InUnitsOf(unit);
        double mean = images.Average(image => distance.Squared(image));
        return InUnitsOf(unit * Math.Sqrt(Math.Max(mean, LeastVariance)));

        FeatureDistance InUnitsOf(double unit) => new(
            [.. scale.Select(factor => (float)(factor / unit))], [.. means.SelectMany(mean => mean.Select((value, i) => (float)(value * scale[i] / unit)))], kept);
    }

    private static double[][] Means(float[][] features, int[] labels, int classes, int length)
    {
        double[][] means = [.. Sequences.Range(0, classes).Select(_ => new double[length])];
        int[] counts = new int[classes];
        for (int n = 0; n < features.Length; n++)
        {
            counts[labels[n]]++;
            for (int i = 0; i < length; i++)
                means[labels[n]][i] += features[n][i];
        }
        for (int k = 0; k < classes; k++)
            for (int i = 0; i < length; i++)
                means[k][i] /= counts[k];
        return means;
    }

    /// <summary>One over each feature's deviation about the mean of the image's class.</summary>
    private static double[] Scale(float[][] features, int[] labels, double[][] means)
    {
        double[] variances = new double[features[0].Length];
        for (int n = 0; n < features.Length; n++)
            for (int i = 0; i < variances.Length; i++)
            {
                double difference = features[n][i] - means[labels[n]][i];
                variances[i] += difference * difference / features.Length;
            }
        double all = variances.Average();
        return [.. variances.Select(variance => 1 / Math.Sqrt((1 - Shrinkage) * variance + Shrinkage * all + LeastVariance))];
    }

    /// <summary>The directions of greatest variance about 0, one after the other, by the power method; and the variance that is left, of all features together.</summary>
    private static (double[][] Axes, double[] Variances, double Left) PrincipalAxes(float[][] residuals, int count)
    {
        int length = residuals[0].Length;
        double rest = residuals.Sum(image => image.Sum(value => (double)value * value)) / residuals.Length;
        List<double[]> axes = [];
        List<double> variances = [];
        RandomStream random = new(seed: 0, DirectionPurpose);
        for (int r = 0; r < count; r++)
        {
            double[] axis = new double[length];
            for (int i = 0; i < length; i++)
                axis[i] = random.NextFloat() - 0.5;
            double variance = 0;
            for (int iteration = 0; iteration < Iterations; iteration++)
            {
                TakeOut(axes, axis);
                variance = ScaleToOne(axis = Apply(residuals, axis));
                if (variance < LeastVariance)
                    return ([.. axes], [.. variances], rest);
            }
            axes.Add(axis);
            variances.Add(variance);
            rest -= variance;
        }
        return ([.. axes], [.. variances], rest);
    }

    /// <summary>The covariance times a vector of length 1: <c>Σₙ dₙ (dₙ · v) / N</c>.</summary>
    private static double[] Apply(float[][] residuals, double[] vector)
    {
        ScaleToOne(vector);
        double[] product = new double[vector.Length];
        foreach (float[] image in residuals)
        {
            double along = 0;
            for (int i = 0; i < image.Length; i++)
                along += image[i] * vector[i];
            along /= residuals.Length;
            for (int i = 0; i < image.Length; i++)
                product[i] += along * image[i];
        }
        return product;
    }

    private static void TakeOut(List<double[]> axes, double[] vector)
    {
        foreach (double[] axis in axes)
        {
            double along = 0;
            for (int i = 0; i < vector.Length; i++)
                along += axis[i] * vector[i];
            for (int i = 0; i < vector.Length; i++)
                vector[i] -= along * axis[i];
        }
    }

    /// <summary>Brings a vector to length 1 and gives the length that it had.</summary>
    private static double ScaleToOne(double[] vector)
    {
        double length = Math.Sqrt(vector.Sum(value => value * value));
        if (length > 0)
            for (int i = 0; i < vector.Length; i++)
                vector[i] /= length;
        return length;
    }
}
