using ImageSig.Imaging;

namespace ImageSig;

/// <summary>A set with the size that its images are wanted at, and those that were read: in memory, or on the disk.</summary>
/// <param name="set">The set.</param>
/// <param name="extractor">The size.</param>
/// <param name="kept">Holds pictures by their index; null for none, which are then read from the set.</param>
internal sealed class LoadedSet(ImageSet set, FeatureExtractor extractor, KeptEntries? kept) : IDisposable
{
    /// <summary>The same set without the memory of what was read.</summary>
    public LoadedSet Unloaded { get => kept is null ? this : field ??= new(set, extractor, null); }

    /// <summary>Of each picture.</summary>
    public (int Width, int Height) Size => (extractor.Options.Width, extractor.Options.Height);

    public string NameOf(int index) => set.NameOf(index);

    /// <summary>Keeps a picture, unless the set itself does.</summary>
    public void Keep(int index, Image image)
    {
        if (!set.Keeps(index, extractor.Options))
            kept?.TryWrite(index, image.Pixels);
    }

    /// <summary>Gives the disk back. Who wants pictures afterwards asks <see cref="Unloaded"/>.</summary>
    public void Dispose() => kept?.Dispose();

    /// <summary>A picture that was kept; where there was no room, from the set once more.</summary>
    /// <exception cref="ImageFormatException">It was read before, and cannot be any more.</exception>
    public Image Read(int index)
    {
        Image image = Image.Uncleared(extractor.Options.Width, extractor.Options.Height);
        return kept?.TryRead(index, image.Pixels) == true ? image : extractor.Fit(set.Read(index, extractor.Options));
    }
}
