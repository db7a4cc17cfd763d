using ImageSig.Imaging;

namespace ImageSig;

/// <summary>A set whose pictures are decoded once, however often they are read at the same size. Of several sizes the last one is kept, and nothing that is kept elsewhere.</summary>
/// <param name="whole">The set.</param>
internal sealed class RememberedImages(ImageSet whole) : ImageSet
{
    private readonly Lock gate = new();
    private Pictures? kept;

    public override string Name => whole.Name;

    public override Targets Targets => whole.Targets;

    public override string NameOf(int index) => whole.NameOf(index);

    public override string NameOfClass(int label) => whole.NameOfClass(label);

    internal override string? FileOf(int index) => whole.FileOf(index);

    internal override ImageCache? Cache => whole.Cache;

    internal override bool Keeps(int index, FeatureOptions features) => whole.Keeps(index, features);

    protected override Image Decode(int index, DecodeOptions options) => whole.DecodeWhole(index, options);

    protected override Image DecodeFitted(int index, FeatureOptions features)
    {
        if (whole.Keeps(index, features))
            return whole.Read(index, features);
        Pictures pictures = Of(features);
        // What several threads decode at once is the same, so that any of them may stay.
        if (pictures.Images[index] is { } known)
            return known;
        Image picture = Resize.Fit(whole.Read(index, features), features.Width, features.Height, features.Fit);
        // A cache has it from this reading on.
        return whole.Keeps(index, features) ? picture : pictures.Images[index] = picture;
    }

    private Pictures Of(FeatureOptions features)
    {
        (int, int, ImageFit, bool) key = (features.Width, features.Height, features.Fit, features.ScaledDecoding);
        lock (gate)
            return kept is { } pictures && pictures.Key == key ? pictures : kept = new Pictures(key, new Image?[Count]);
    }

    private sealed record Pictures((int Width, int Height, ImageFit Fit, bool ScaledDecoding) Key, Image?[] Images);
}
