using System.Collections.Concurrent;
using ImageSig.Tensors;

namespace ImageSig;

/// <summary>A folder that keeps what is made of images, so that it need not be made again, nor be held in memory: pictures at size, and features if that is wanted. An entry is found by the
/// content of the image's file and by everything else that decides its bytes, so that what is read from it is what would be made anew. Several processes may use a folder at once.</summary>
/// <remarks>What is damaged is made again. When the folder takes no more, <see cref="Problem"/> says why, and work goes on without keeping more. Thread-safe.</remarks>
public sealed class ImageCache : IDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<CacheFile>> files = new(StringComparer.Ordinal);
    private readonly Lock keeping = new();
    private volatile string? unread, refusal;

    private ImageCache(string folder, CacheFloats features) => (Folder, Features) = (folder, features);

    /// <summary>The folder, as it was given.</summary>
    public string Folder { get; }

    /// <summary>Whether features are kept too, and how.</summary>
    public CacheFloats Features { get; }

    /// <summary>Why nothing more is kept, in one line; null as long as everything is.</summary>
    public string? Problem => unread ?? (refusal is null ? null : $"{Folder} takes no more, and what it lacks is kept for this run alone, in memory or in a temporary file: {refusal}");

    /// <summary>The same for who wants nothing but to fill it.</summary>
    internal string? WhyNotFilled => unread ?? (refusal is null ? null : $"{Folder} takes no more: {refusal} When that is mended, the same command goes on from what is there.");

    /// <summary>Opens a cache; a folder that is not there is made.</summary>
    /// <param name="folder">Its path.</param>
    /// <param name="features">Whether features are kept too, of trainings whose samples stay the same over the epochs.</param>
    /// <exception cref="IOException">It is a file, or cannot or may not be made.</exception>
    public static ImageCache Open(string folder, CacheFloats features = CacheFloats.None)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        if (File.Exists(folder))
            throw new IOException($"{folder}: this is a file; a cache is a folder.");
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // Of a full disk, a name that is too long or a disk that is read only this knows less than the system.
            string reason = problem is DirectoryNotFoundException or UnauthorizedAccessException ? "" : $" The system says: {problem.Message}";
            throw new IOException($"{folder}: this folder is not there, and the one that it shall be in does not exist as a folder, or does not take new ones; choose another for the cache.{reason}", problem);
        }
        return new ImageCache(folder, features);
    }

    /// <summary>The same images, whose pictures are kept here from their first reading on, and not in memory.</summary>
    public ImageSet Over(ImageSet images)
    {
        ArgumentNullException.ThrowIfNull(images);
        return new CachedImages(images, this);
    }

    /// <summary>All parts of a data set, kept here.</summary>
    public ImageSplits Over(ImageSplits splits)
    {
        ArgumentNullException.ThrowIfNull(splits);
        return new(Over(splits.Training), splits.Validation is null ? null : Over(splits.Validation), splits.Test is null ? null : Over(splits.Test));
    }

    /// <summary>Closes the files.</summary>
    public void Dispose()
    {
        foreach (Lazy<CacheFile> file in files.Values)
            if (file.IsValueCreated)
                file.Value.Dispose();
    }

    /// <summary>The file of entries of one meaning; without any where it cannot be read.</summary>
    internal CacheFile FileOf(CacheContent content) => files.GetOrAdd(content.FileName, _ => new(() =>
    {
        CacheFile file = new(Folder, content);
        try
        {
            file.Open();
        }
        catch (Exception stop) when (stop is IOException or UnauthorizedAccessException)
        {
            unread = $"{Folder} cannot be read, and nothing is taken from it: {stop.Message}";
        }
        return file;
    })).Value;

    /// <summary>Adds an entry.</summary>
    /// <returns>Its place; −1 where the folder takes no more.</returns>
    internal int Keep(CacheFile file, UInt128 key, ReadOnlySpan<byte> entry)
    {
        // One at a time, as the folder's lock has it anyway: who waited here for a thread that found the folder taking no more does not try in its turn.
        lock (keeping)
        {
            if (unread is not null || refusal is not null)
                return -1;
            try
            {
                return file.Append(key, entry);
            }
            catch (Exception stop) when (stop is IOException or UnauthorizedAccessException || AtomicFile.IsTooLong(stop))
            {
                refusal = ReasonOf(stop);
                return -1;
            }
        }
    }

    private static string ReasonOf(Exception stop)
    {
        const int NoSpaceOnUnix = 28, NoSpaceOnWindows = unchecked((int)0x80070070);
        return stop.HResult is NoSpaceOnUnix or NoSpaceOnWindows ? "the disk is full."
            : $"{AtomicFile.ReasonOf(stop)}.";
    }
}
