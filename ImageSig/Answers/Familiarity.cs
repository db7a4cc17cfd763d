using ImageSig.NN;

namespace ImageSig;

/// <summary>Tells how far an image is from those that a model was trained on: the sum of squared distances in the last feature layer, where each class has a mean, and in the stages
/// on the way there, where all images together have one.</summary>
/// <remarks>What is strange to a network often shows in its first layers and is gone in its last (Lee et al., "A simple unified framework for detecting out-of-distribution samples and
/// adversarial attacks", NeurIPS 2018). Each distance is in units of its mean over training images, so that none outweighs the others.</remarks>
/// <param name="Last">Of the last feature layer; its groups are the classes that are no <see cref="NegativeClass"/>.</param>
/// <param name="Stages">Of each <see cref="Model.Stages"/>, one group; none in models that were written before there were any.</param>
/// <param name="Limit">The distance from which an image is unknown; finite, above 0.</param>
/// <param name="LastLimit">The distance in the last feature layer alone from which it would be; null where there are no stages.</param>
internal sealed record Familiarity(FeatureDistance Last, IReadOnlyList<FeatureDistance> Stages, double Limit, double? LastLimit = null)
{
    /// <summary>How many numbers it looks at: <see cref="Model.FeatureCount"/>, or <see cref="Model.DescriptionCount"/>.</summary>
    public int Count => Last.Count + Stages.Sum(stage => stage.Count);

    /// <summary>The same without stages, which are a tenth of the smallest models' files.</summary>
    public Familiarity OfLastAlone => LastLimit is { } limit ? new(Last, [], limit) : this;

    /// <summary>The distance of an image, in units of the limit: above 1 it is unknown.</summary>
    /// <param name="description">[<see cref="Count"/>]: those of the last feature layer, then those of the stages; overwritten.</param>
    public double Distance(Span<float> description) => SquaredDistance(description) / Limit;

    /// <summary>The distance itself.</summary>
    /// <param name="description">Likewise.</param>
    public double SquaredDistance(Span<float> description)
    {
        double sum = Last.Squared(description[..Last.Count]);
        int start = Last.Count;
        foreach (FeatureDistance stage in Stages)
        {
            sum += stage.Squared(description.Slice(start, stage.Count));
            start += stage.Count;
        }
        return sum;
    }
}
