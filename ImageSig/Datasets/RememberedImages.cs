using ImageSig.Imaging;

namespace ImageSig;

/// <summary>A set whose pictures are decoded once, however often they are read at the same size: for several trainings on the same images, none of which holds them itself. Of several
/// sizes the last one is kept, and nothing that is kept elsewhere.</summary>
/// <param name="whole">The set.</param>
/// <param name="memory">Bytes of memory that pictures may take; the others are on the disk. Where null, as much as those of one training.</param>
internal sealed class RememberedImages(ImageSet whole, long? memory = null) : ImageSet, IDisposable
{
    private readonly Lock gate = new();
    private Pictures? kept;

    public override string Name => whole.Name;

    public override Targets Targets => whole.Targets;

    public override string NameOf(int index) => whole.NameOf(index);

    public override string NameOfClass(int label) => whole.NameOfClass(label);

    /// <summary>Gives the disk back.</summary>
    public void Dispose() => kept?.Room.Dispose();

    internal override string? FileOf(int index) => whole.FileOf(index);

    internal override ImageCache? Cache => whole.Cache;

    internal override bool Keeps(int index, FeatureOptions features) => whole.Keeps(index, features) || Of(features).Holds(index);

    internal override void CheckHolds(FeatureOptions features) => whole.CheckHolds(features);

    protected override Image Decode(int index, DecodeOptions options) => whole.DecodeWhole(index, options);

    protected override Image DecodeFitted(int index, FeatureOptions features)
    {
        if (whole.Keeps(index, features))
            return whole.Read(index, features);
        KeptEntries room = Of(features);
        if (room.Holds(index))
        {
            Image known = Image.Uncleared(features.Width, features.Height);
            if (room.TryRead(index, known.Pixels))
                return known;
        }
        // What several threads decode at once is the same, so that any of them may stay.
        Image picture = Resize.Fit(whole.Read(index, features), features.Width, features.Height, features.Fit);
        // A cache has it from this reading on.
        if (!whole.Keeps(index, features))
            room.TryWrite(index, picture.Pixels);
        return picture;
    }

    private KeptEntries Of(FeatureOptions features)
    {
        (int, int, ImageFit, bool) key = (features.Width, features.Height, features.Fit, features.ScaledDecoding);
        lock (gate)
        {
            if (kept is not { } pictures || pictures.Key != key)
            {
                kept?.Room.Dispose();
                kept = new Pictures(key, LoadedImages.RoomFor(Count, features, memory));
            }
            return kept.Room;
        }
    }

    private sealed record Pictures((int Width, int Height, ImageFit Fit, bool ScaledDecoding) Key, KeptEntries Room);
}
