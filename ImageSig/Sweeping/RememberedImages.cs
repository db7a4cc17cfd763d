using ImageSig.Imaging;

namespace ImageSig.Sweeping;

/// <summary>A set whose pictures are decoded once, however often they are read at the same size. Of several sizes the last one is kept.</summary>
/// <param name="whole">The set.</param>
internal sealed class RememberedImages(ImageSet whole) : ImageSet
{
    private readonly Lock gate = new();
    private Pictures? kept;

    public override string Name => whole.Name;

    public override Targets Targets => whole.Targets;

    public override string NameOf(int index) => whole.NameOf(index);

    public override string NameOfClass(int label) => whole.NameOfClass(label);

    protected override Image Decode(int index, DecodeOptions options) => whole.DecodeWhole(index, options);

    protected override Image DecodeFitted(int index, FeatureOptions features)
    {
        Pictures pictures = Of(features);
        // What several threads decode at once is the same, so that any of them may stay.
        return pictures.Images[index] ??= Resize.Fit(whole.Read(index, features), features.Width, features.Height, features.Fit);
    }

    private Pictures Of(FeatureOptions features)
    {
        (int, int, ImageFit, bool) key = (features.Width, features.Height, features.Fit, features.ScaledDecoding);
        lock (gate)
            return kept is { } pictures && pictures.Key == key ? pictures : kept = new Pictures(key, new Image?[Count]);
    }

    private sealed record Pictures((int Width, int Height, ImageFit Fit, bool ScaledDecoding) Key, Image?[] Images);
}
