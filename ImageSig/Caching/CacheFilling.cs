namespace ImageSig;

/// <summary>Fills a cache with the pictures of a data set, or of a shard of it, and lists them.</summary>
internal static class CacheFilling
{
    /// <summary>Reads every image of the shard. What the cache holds already is not decoded again.</summary>
    /// <param name="splits">The data set.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="cache">The cache.</param>
    /// <param name="extractor">The size.</param>
    /// <param name="shard">Which shard, from 0: images <c>shard, shard + shards, …</c> of each part.</param>
    /// <param name="shards">Of how many.</param>
    /// <param name="threads">Threads to use.</param>
    /// <param name="progress">Told of every image.</param>
    /// <param name="cancellationToken">Ends the work early; what is done by then is in the cache.</param>
    /// <exception cref="IOException">The cache takes no more.</exception>
    public static PictureList Run(
        ImageSplits splits, string name, ImageCache cache, FeatureExtractor extractor, int shard, int shards, int threads, IProgress<PipelineProgress>? progress, CancellationToken cancellationToken)
    {
        ImageSet?[] parts = [splits.Training, splits.Validation, splits.Test];
        List<ListedPictureJson> listed = [];
        for (int part = 0; part < parts.Length; part++)
            if (parts[part] is { } set)
                listed.AddRange(Fill(set, part));
        PictureListJson header = new(
            1, name, CacheContent.Pictures(extractor.Options).FileName, splits.Training.AsksQuestions, [.. splits.Training.Targets.Names],
            [.. parts.Select(set => set?.Count ?? 0)], shards);
        PictureList list = new(header, listed);
        list.Write(cache.Folder);
        return list;

        IEnumerable<ListedPictureJson> Fill(ImageSet set, int part)
        {
            int[] indices = [.. Sequences.Range(0, set.Count).Where(index => index % shards == shard)];
            int[] labels = ClassNames.IndicesOf(set, splits.Training.Targets.Names, splits.Training.LacksName, set.AsksQuestions);
            CachedImages mine = new(new ImageSubset(set, indices, set.Name), cache);
            string?[] reasons = Read(mine);
            for (int i = 0; i < indices.Length; i++)
            {
                UInt128? key = reasons[i] is null ? mine.KeyOf(i, extractor.Options) : null;
                if (reasons[i] is null && key is null)
                    throw new IOException(cache.WhyNotFilled ?? $"{set.NameOf(indices[i])}: the file was changed while it was read.");
                LabeledImage image = Labeled(set, indices[i]).InPlaces(labels, splits.Training.Targets.Names.Count);
                yield return new(
                    part, indices[i], set.NameOf(indices[i]), image.Label, key is null ? null : $"{key.Value:x32}", reasons[i],
                    image.Answers is null ? null : string.Concat(image.Answers.Select(answer => answer is { } known ? known ? '1' : '0' : '?')));
            }
        }

        string?[] Read(ImageSet mine)
        {
            using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            try
            {
                return SetReader.Read(mine, 0, mine.Count, extractor, (_, _) => StopWhereFull(), threads, ProgressMeter.Of(PipelineStage.Decode, mine.Count, progress), stop.Token);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                throw new IOException(cache.WhyNotFilled);
            }

            // The rest would be decoded for nothing.
            void StopWhereFull()
            {
                if (cache.WhyNotFilled is not null)
                    stop.Cancel();
            }
        }
    }

    private static LabeledImage Labeled(ImageSet set, int index) => new(
        null!, (set.Targets as ClassTargets)?.Labels[index] ?? 0, answers: (set.Targets as AnswerTargets)?.Answers[index]);
}
