using System.Collections.Concurrent;
using ImageSig.Imaging;

namespace ImageSig;

/// <summary>A set whose pictures are kept in a cache, each from its first reading on.</summary>
/// <param name="images">The set itself.</param>
/// <param name="cache">Where they are kept.</param>
internal sealed class CachedImages(ImageSet images, ImageCache cache) : ImageSet
{
    private readonly ConcurrentDictionary<FeatureOptions, Lazy<CachedPictures>> pictures = new();

    public override string Name => images.Name;

    public override Targets Targets => images.Targets;

    internal override ImageCache Cache => cache;

    public override string NameOf(int index) => images.NameOf(index);

    public override string NameOfClass(int label) => images.NameOfClass(label);

    internal override string? FileOf(int index) => images.FileOf(index);

    internal override bool Keeps(int index, FeatureOptions features) => PicturesFor(features).Keeps(index);

    internal override void CheckHolds(FeatureOptions features) => images.CheckHolds(features);

    /// <summary>Of the content of an image that was read; null where its picture is not kept.</summary>
    public UInt128? KeyOf(int index, FeatureOptions features) => PicturesFor(features).KeyOf(index);

    protected override Image Decode(int index, DecodeOptions options) => images.DecodeWhole(index, options);

    protected override Image DecodeFitted(int index, FeatureOptions features) => PicturesFor(features).Read(index);

    private CachedPictures PicturesFor(FeatureOptions features) => pictures.GetOrAdd(features, _ => new(() => new CachedPictures(images, features, cache))).Value;
}
