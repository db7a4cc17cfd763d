using ImageSig.Imaging;

namespace ImageSig;

/// <summary>The images of a folder, read and brought to size, and the files that could not be read; both in the folder's order.</summary>
internal sealed record LoadedImages(IReadOnlyList<LabelledImage> Images, IReadOnlyList<UnreadableImage> Unreadable)
{
    public static LoadedImages Load(
        ImageFolder folder, FeatureExtractor extractor, int threads, ProgressMeter progress, CancellationToken cancellation)
    {
        Image?[] images = new Image?[folder.Images.Count];
        string?[] reasons = new string?[folder.Images.Count];
        Parallel.For(0, images.Length, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation }, index =>
        {
            try
            {
                images[index] = extractor.Fit(ImageReader.Read(folder.Images[index].Path, extractor.Options));
            }
            catch (Exception problem) when (ImageReader.IsUnreadable(problem))
            {
                reasons[index] = ImageReader.Reason(problem);
            }
            progress.Advance();
        });
        LoadedImages loaded = new(
            [.. Enumerable.Range(0, images.Length).Where(i => images[i] is not null).Select(i => new LabelledImage(images[i]!, folder.Images[i].Label))],
            [.. Enumerable.Range(0, images.Length).Where(i => images[i] is null).Select(i => new UnreadableImage(folder.Images[i].Path, reasons[i]!))]);
        loaded.CheckEveryClassIsSeen(folder);
        return loaded;
    }

    private void CheckEveryClassIsSeen(ImageFolder folder)
    {
        for (int label = 0; label < folder.Classes.Count; label++)
            if (!Images.Any(image => image.Label == label))
            {
                UnreadableImage first = Unreadable.First(image => folder.Images.Any(listed => listed.Label == label && listed.Path == image.Path));
                throw new DatasetException($"{Path.Combine(folder.Path, folder.Classes[label])}: no image of this class can be read; the first one: {first.Reason}");
            }
    }
}
