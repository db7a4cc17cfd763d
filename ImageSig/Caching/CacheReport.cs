using ImageSig.Tensors;

namespace ImageSig;

/// <summary>What one file of a cache holds.</summary>
/// <param name="Content">What the entries are.</param>
/// <param name="Entries">How many.</param>
/// <param name="Replaced">Places of no use any more.</param>
/// <param name="Damaged">Entries that cannot be read; null where nobody looked.</param>
internal sealed record CacheReport(CacheContent Content, int Entries, int Replaced, int? Damaged)
{
    private const string Extension = ".index";

    /// <summary>What the files of a cache hold.</summary>
    /// <param name="folder">The cache.</param>
    /// <param name="verify">Whether to read every entry.</param>
    /// <param name="threads">Threads to use.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <exception cref="IOException">It is no cache, or cannot be read.</exception>
    public static IReadOnlyList<CacheReport> Of(string folder, bool verify, int threads, CancellationToken cancellationToken) => [.. ContentsOf(folder).Select(content =>
    {
        using CacheFile file = new(folder, content);
        file.Open();
        int[] places = [.. file.Places()];
        int damaged = 0;
        if (verify)
            ParallelLoop.For(places.Length, threads, index => Interlocked.Add(ref damaged, file.IsWhole(places[index]) ? 0 : 1), cancellationToken);
        return new CacheReport(content, places.Length, file.Count - places.Length, verify ? damaged : null);
    })];

    /// <summary>The meanings of the entries of a cache, in the order of the files' names.</summary>
    /// <exception cref="IOException">It is no cache, or cannot be read.</exception>
    public static IReadOnlyList<CacheContent> ContentsOf(string folder)
    {
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"{folder}: no such folder; a cache is one that train --cache or features --cache made.");
        IReadOnlyList<CacheContent> contents = ContentsIfAny(folder);
        return contents.Count > 0 ? contents : throw new IOException($"{folder}: there are no pictures in this folder; a cache is one that train --cache or features --cache made.");
    }

    /// <summary>The same of a folder that may be empty, or not there: what is left of a shard that was stopped before its first entry.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static IReadOnlyList<CacheContent> ContentsIfAny(string folder) =>
        !Directory.Exists(folder) ? [] : [.. Directory.GetFiles(folder, $"*{Extension}").Order(StringComparer.Ordinal).Select(Read).OfType<CacheContent>()];

    private static CacheContent? Read(string index)
    {
        string name = Path.GetFileNameWithoutExtension(index);
        int end = name.LastIndexOf('-');
        byte[] header = new byte[CacheHeader.Length];
        using FileStream file = new(index, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        return end > 0 && file.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) == header.Length && CacheHeader.Read(header, name[..end]) is { } content && content.FileName == name
            ? content : null;
    }
}
