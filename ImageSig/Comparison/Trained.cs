using ImageSig.Imaging;

namespace ImageSig.Comparison;

/// <summary>A contestant that has learned.</summary>
/// <param name="extractor">The size of the pictures that it wants.</param>
internal abstract class Trained(FeatureExtractor extractor)
{
    public FeatureExtractor Extractor => extractor;

    /// <summary>The numbers that were learned.</summary>
    public abstract long Parameters { get; }

    /// <summary>What has to be stored of it.</summary>
    public abstract long Bytes { get; }

    /// <summary>Multiply-adds of one answer, from features on: neither decoding nor signatures.</summary>
    public abstract long MultiplyAdds { get; }

    /// <summary>The chances of the classes. Called from several threads at once.</summary>
    /// <param name="image">Of the extractor's size.</param>
    /// <param name="chances">[classes].</param>
    public abstract void Answer(Image image, Span<float> chances);

    /// <summary>Writes it to a model file, if it is something that has one.</summary>
    public virtual void Save(string path)
    {
    }
}
