using ImageSig.Imaging;

namespace ImageSig;

/// <summary>The pictures of a set at one size, in a cache as far as they have been read.</summary>
internal sealed class CachedPictures
{
    private readonly ImageSet images;
    private readonly FeatureOptions features;
    private readonly ImageCache cache;
    private readonly CacheFile file;

    // [N] The place of each picture and 1; 0 where it is not known.
    private readonly int[] places;

    /// <param name="images">The set.</param>
    /// <param name="features">The size.</param>
    /// <param name="cache">Where they are kept.</param>
    public CachedPictures(ImageSet images, FeatureOptions features, ImageCache cache)
    {
        (this.images, this.features, this.cache) = (images, features, cache);
        file = cache.FileOf(CacheContent.Pictures(features));
        places = new int[images.Count];
    }

    /// <summary>Whether a picture that was read once is in the cache.</summary>
    public bool Keeps(int index) => places[index] > 0;

    /// <summary>Of the content of a picture that is in the cache; null of others.</summary>
    public UInt128? KeyOf(int index) => Keeps(index) ? file.EntryAt(places[index] - 1).Key : null;

    /// <summary>The picture at size: from the cache, or else from the set, and then it is kept.</summary>
    public Image Read(int index)
    {
        Image picture = Image.Uncleared(features.Width, features.Height);
        if (places[index] > 0 && file.TryRead(places[index] - 1, picture.Pixels))
            return picture;

        string? path = images.FileOf(index);
        FileStamp? stamp = FileStamp.Of(path);
        UInt128? key = stamp is null ? null : ContentHash.OfFile(path!);
        int place = key is null ? -1 : file.Find(key.Value);
        if (place < 0 || !file.TryRead(place, picture.Pixels))
        {
            picture = Resize.Fit(images.Read(index, features), features.Width, features.Height, features.Fit);
            // What has no file of its own is known by its pixels. A file that was changed meanwhile is not what was hashed.
            if (path is null)
                key = ContentHash.Of(picture.Pixels);
            else if (stamp != FileStamp.Of(path))
                key = null;
            place = key is null ? -1 : cache.Keep(file, key.Value, picture.Pixels);
        }
        places[index] = place + 1;
        return picture;
    }

    /// <summary>By which a file that is written to is told.</summary>
    private readonly record struct FileStamp(long Length, DateTime Written)
    {
        /// <summary>Of a file with content; null of anything else, which is not to be opened.</summary>
        public static FileStamp? Of(string? path) =>
            path is not null && ImageReader.IsOrdinaryFile(path) && new FileInfo(path) is { Exists: true } file ? new(file.Length, file.LastWriteTimeUtc) : null;
    }
}
