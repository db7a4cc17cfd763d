namespace ImageSig;

/// <summary>What came of putting caches together.</summary>
/// <param name="Added">Entries that are new in the result, or take the place of damaged ones.</param>
/// <param name="Damaged">Entries that were left out.</param>
/// <param name="List">The data set; null where no cache lists one.</param>
/// <param name="WithoutList">Caches that list nothing beside others that do, or are not there: shards that did not come to their end.</param>
internal sealed record CacheMerge(long Added, long Damaged, PictureList? List, IReadOnlyList<string> WithoutList)
{
    /// <summary>Adds the entries of caches to another one, and puts their lists together.</summary>
    /// <param name="folders">The caches.</param>
    /// <param name="output">The cache that is made or added to.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <exception cref="DatasetException">The lists are of different sets, or a list is damaged.</exception>
    /// <exception cref="IOException">No cache lists anything and a folder is no cache, or the disk is full.</exception>
    public static CacheMerge Run(IReadOnlyList<string> folders, string output, CancellationToken cancellationToken)
    {
        (string Folder, PictureList? List)[] lists = [.. folders.Select(folder => (folder, PictureList.Read(folder)))];
        // Before hours of copying.
        PictureList? list = Join([.. lists.Where(known => known.List is not null).Select(known => (known.Folder, known.List!))]);
        // What was merged before is a part of the result, unless these caches are the whole of another set.
        if (list is null || list.Missing() is not null)
            list = WithThoseOf(output, list);
        CacheContent[][] contents = [.. folders.Select(folder => (CacheContent[])[.. list is null ? CacheReport.ContentsOf(folder) : CacheReport.ContentsIfAny(folder)])];
        Directory.CreateDirectory(output);
        long added = 0, damaged = 0;
        foreach ((string folder, CacheContent[] contentsOfOne) in folders.Zip(contents))
            foreach (CacheContent content in contentsOfOne)
                Copy(folder, content);
        list?.Write(output);
        return new CacheMerge(added, damaged, list, list is null ? [] : [.. lists.Where(known => known.List is null).Select(known => known.Folder)]);

        void Copy(string folder, CacheContent content)
        {
            using CacheFile from = new(folder, content), to = new(output, content);
            from.Open();
            to.Open();
            byte[] entry = new byte[content.EntryBytes];
            foreach (int place in from.Places())
            {
                cancellationToken.ThrowIfCancellationRequested();
                UInt128 key = from.EntryAt(place).Key;
                if (!from.TryRead(place, entry))
                    damaged++;
                else if (to.Find(key) is var at && (at < 0 || !to.IsWhole(at)))
                {
                    to.Append(key, entry);
                    added++;
                }
            }
        }
    }

    private static PictureList? Join(IReadOnlyList<(string Folder, PictureList List)> lists)
    {
        if (lists.Count == 0)
            return null;
        PictureListJson header = lists[0].List.Header;
        Dictionary<(int, int), ListedPictureJson> images = [];
        foreach ((string folder, PictureList list) in lists)
        {
            if (!AreOfOneSet(header, list.Header))
                throw new DatasetException($"{folder}: its pictures are of another data set, or of another size, than those of {lists[0].Folder}.");
            foreach (ListedPictureJson image in list.Images)
                if (images.TryGetValue((image.Part, image.Index), out ListedPictureJson? known) && known.Key != image.Key)
                    throw new DatasetException($"{folder}: {image.Name} is another picture here than in {lists[0].Folder}; the data set was changed between shards: do them again.");
                else
                    images[(image.Part, image.Index)] = image;
        }
        return new PictureList(header with { Shards = lists.Max(known => known.List.Header.Shards) }, [.. images.Values]);
    }

    /// <summary>A list and what that of a cache has beyond it: a shard that was done again counts for more than what it replaces.</summary>
    private static PictureList? WithThoseOf(string folder, PictureList? list)
    {
        PictureList? known = PictureList.Read(folder);
        if (list is null || known is null)
            return list ?? known;
        if (!AreOfOneSet(list.Header, known.Header))
            throw new DatasetException($"{folder}: it lists pictures of another data set, or of another size: put these caches together in a new folder.");
        HashSet<(int, int)> there = [.. list.Images.Select(image => (image.Part, image.Index))];
        return new PictureList(
            list.Header with { Shards = Math.Max(list.Header.Shards, known.Header.Shards) }, [.. list.Images, .. known.Images.Where(image => !there.Contains((image.Part, image.Index)))]);
    }

    /// <summary>The name does not matter: machines mount folders at different places.</summary>
    private static bool AreOfOneSet(PictureListJson one, PictureListJson other) =>
        one.Pictures == other.Pictures && one.AsksQuestions == other.AsksQuestions && one.Names.SequenceEqual(other.Names, StringComparer.Ordinal) && one.Counts.SequenceEqual(other.Counts);
}
