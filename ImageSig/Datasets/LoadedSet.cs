using ImageSig.Imaging;

namespace ImageSig;

/// <summary>A set with the size that its images are wanted at.</summary>
internal sealed class LoadedSet(ImageSet set, FeatureExtractor extractor)
{
    public string NameOf(int index) => set.NameOf(index);

    /// <exception cref="ImageFormatException">It was read before, and cannot be any more.</exception>
    public Image Read(int index) => extractor.Fit(set.Read(index, extractor.Options));
}
