namespace ImageSig;

/// <summary>The images of a set of classes, read and brought to size, and those that could not be read; both in the set's order.</summary>
/// <param name="Images">Which can be asked for their pixels until this is disposed of; <see cref="LabeledImage.Unloaded"/> also afterwards.</param>
/// <param name="Unreadable">The others.</param>
/// <param name="Source">Holds their pixels.</param>
internal sealed record LoadedImages(IReadOnlyList<LabeledImage> Images, IReadOnlyList<UnreadableImage> Unreadable, LoadedSet Source) : IDisposable
{
    private static long QuarterOfMemory => GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4;

    /// <summary>Bytes of memory that pictures take unless told otherwise: 20,000 of 64x64 pixels.</summary>
    private static long DefaultMemory => Math.Min(256_000_000, QuarterOfMemory);

    /// <summary>Reads all images of a set.</summary>
    /// <param name="set">The set.</param>
    /// <param name="extractor">What they are brought to size for.</param>
    /// <param name="threads">Threads to use.</param>
    /// <param name="progress">Told of every image.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <param name="memory">Bytes of memory that pictures may take; the others are on the disk, with the same bits. Where null, 256 MB, or as much as a quarter of the machine's memory if the
    /// disk has no room.</param>
    public static LoadedImages Load(
        ImageSet set, FeatureExtractor extractor, int threads, IProgress<PipelineProgress>? progress, CancellationToken cancellationToken, long? memory = null)
    {
        set.CheckHolds(extractor.Options);
        IReadOnlyList<int> labels = set.Targets is ClassTargets classes ? classes.Labels : new int[set.Count];
        IReadOnlyList<IReadOnlyList<bool?>>? answers = (set.Targets as AnswerTargets)?.Answers;
        LoadedSet source = new(set, extractor, RoomFor(set.Count, extractor.Options, memory));
        try
        {
            string?[] reasons = SetReader.Read(
                set, 0, set.Count, extractor, source.Keep, threads, ProgressMeter.Of(PipelineStage.Decode, set.Count, progress), cancellationToken);
            LoadedImages loaded = new(
                Readable(reasons),
                [.. Sequences.Range(0, reasons.Length).Where(i => reasons[i] is not null).Select(i => new UnreadableImage(set.NameOf(i), reasons[i]!))],
                source);
            if (answers is null)
                CheckEveryClassIsSeen(set, labels, reasons);
            else if (loaded.Images.Count == 0)
                throw new DatasetException($"{set.Name}: none of {set.Count} files can be read as an image{(reasons.Length == 0 ? "." : $"; the first one, {set.NameOf(0)}: {reasons[0]}")}");
            return loaded;
        }
        catch
        {
            source.Dispose();
            throw;
        }

        // Sized before, for of a million images a list that grows leaves hundreds of megabytes behind.
        LabeledImage[] Readable(string?[] reasons)
        {
            LabeledImage[] images = new LabeledImage[reasons.Count(reason => reason is null)];
            int next = 0;
            for (int i = 0; i < reasons.Length; i++)
                if (reasons[i] is null)
                    images[next++] = new LabeledImage(source, i, labels[i], answers?[i]);
            return images;
        }
    }

    /// <summary>Gives the disk back.</summary>
    public void Dispose() => Source.Dispose();

    /// <summary>Room for pictures at a size: beyond the memory on the disk. What is not used of it costs nothing.</summary>
    /// <param name="count">How many pictures.</param>
    /// <param name="options">The size.</param>
    /// <param name="memory">As above.</param>
    public static KeptEntries RoomFor(int count, FeatureOptions options, long? memory)
    {
        int bytes = options.Width * options.Height * 3;
        KeptEntries room = new(bytes, count, memory ?? DefaultMemory, TemporaryEntries.Folder);
        if (room.Count == count || memory is not null)
            return room;
        room.Dispose();
        return new(bytes, count, QuarterOfMemory, TemporaryEntries.Folder);
    }

    /// <summary>A class none of whose images can be read is a mistake of the set, not of its files.</summary>
    private static void CheckEveryClassIsSeen(ImageSet set, IReadOnlyList<int> labels, string?[] reasons)
    {
        HashSet<int> seen = [.. labels.Where((_, i) => reasons[i] is null)];
        int first = Sequences.Range(0, reasons.Length).FirstOrDefault(i => !seen.Contains(labels[i]), -1);
        if (first >= 0)
            throw new DatasetException($"{set.NameOfClass(labels[first])}: no image of this class can be read; the first one, {set.NameOf(first)}: {reasons[first]}");
    }
}
