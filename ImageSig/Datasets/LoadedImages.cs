using ImageSig.Imaging;

namespace ImageSig;

/// <summary>The images of a set of classes, read and brought to size, and those that could not be read; both in the set's order.</summary>
internal sealed record LoadedImages(IReadOnlyList<LabeledImage> Images, IReadOnlyList<UnreadableImage> Unreadable)
{
    public static LoadedImages Load(
        ImageSet set, FeatureExtractor extractor, int threads, IProgress<PipelineProgress>? progress, CancellationToken cancellationToken)
    {
        IReadOnlyList<int> labels = set.Targets is ClassTargets classes ? classes.Labels : new int[set.Count];
        IReadOnlyList<IReadOnlyList<bool?>>? answers = (set.Targets as AnswerTargets)?.Answers;
        Image?[] images = new Image?[set.Count];
        string?[] reasons = SetReader.Read(
            set, 0, set.Count, extractor, (index, image) => images[index] = set.Keeps(index, extractor.Options) ? null : image, threads,
            ProgressMeter.Of(PipelineStage.Decode, set.Count, progress), cancellationToken);
        LoadedSet source = new(set, extractor);
        LoadedImages loaded = new(
            [.. Enumerable.Range(0, images.Length).Where(i => reasons[i] is null).Select(i => images[i] is { } image
                ? new LabeledImage(image, labels[i], set.NameOf(i), answers?[i])
                : new LabeledImage(source, i, labels[i], answers?[i]))],
            [.. Enumerable.Range(0, images.Length).Where(i => reasons[i] is not null).Select(i => new UnreadableImage(set.NameOf(i), reasons[i]!))]);
        if (answers is null)
            CheckEveryClassIsSeen(set, labels, reasons);
        else if (loaded.Images.Count == 0)
            throw new DatasetException($"{set.Name}: none of {set.Count} files can be read as an image{(reasons.Length == 0 ? "." : $"; the first one: {reasons[0]}")}");
        return loaded;
    }

    /// <summary>A class none of whose images can be read is a mistake of the set, not of its files.</summary>
    private static void CheckEveryClassIsSeen(ImageSet set, IReadOnlyList<int> labels, string?[] reasons)
    {
        HashSet<int> seen = [.. labels.Where((_, i) => reasons[i] is null)];
        int first = Enumerable.Range(0, reasons.Length).FirstOrDefault(i => !seen.Contains(labels[i]), -1);
        if (first >= 0)
            throw new DatasetException($"{set.NameOfClass(labels[first])}: no image of this class can be read; the first one: {reasons[first]}");
    }
}
