using ImageSig.Imaging;

namespace ImageSig;

/// <summary>Some images of a set, with all its classes.</summary>
/// <param name="whole">The set; of classes.</param>
/// <param name="indices">Which images, in the order of this one.</param>
/// <param name="name">What messages call it.</param>
internal sealed class ImageSubset(ImageSet whole, IReadOnlyList<int> indices, string name) : ImageSet
{
    private readonly ClassTargets targets = new(whole.ToClasses().Classes, [.. indices.Select(index => whole.ToClasses().Labels[index])]);

    public override string Name => name;

    public override Targets Targets => targets;

    public override string NameOf(int index) => whole.NameOf(indices[index]);

    public override string NameOfClass(int label) => whole.NameOfClass(label);

    internal override string? FileOf(int index) => whole.FileOf(indices[index]);

    internal override ImageCache? Cache => whole.Cache;

    internal override bool Keeps(int index, FeatureOptions features) => whole.Keeps(indices[index], features);

    protected override Image Decode(int index, DecodeOptions options) => whole.DecodeWhole(indices[index], options);

    protected override Image DecodeFitted(int index, FeatureOptions features) => whole.Read(indices[index], features);
}
