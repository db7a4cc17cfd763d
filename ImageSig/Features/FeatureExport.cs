using ImageSig.Tensors;

namespace ImageSig;

/// <summary>What a <see cref="FeatureExport"/> wrote.</summary>
/// <param name="Written">N: images in the arrays.</param>
/// <param name="Unreadable">Files that are not in them.</param>
public sealed record ExportedFeatures(int Written, IReadOnlyList<UnreadableImage> Unreadable);

/// <summary>The features of a folder of images as arrays, for other programs to train on.</summary>
public static class FeatureExport
{
    /// <summary>Values worked on together; bounds the memory.</summary>
    private const long ChunkValues = 1 << 25;

    /// <summary>Writes [N, S, F] float32 and, if asked for, the class of each image, [N] int64. Nothing is left half-written.</summary>
    /// <param name="folder">The images, in the order of the rows.</param>
    /// <param name="extractor">How features are taken; not standardized.</param>
    /// <param name="path">The array to write.</param>
    /// <param name="labelPath">The array of classes to write, or null.</param>
    /// <param name="threads">Changes the time, never the result.</param>
    /// <param name="progress">Told at most ten times a second.</param>
    /// <param name="cancellation">Ends the work early.</param>
    /// <exception cref="DatasetException">No file can be read as an image.</exception>
    public static ExportedFeatures Write(
        ImageFolder folder, FeatureExtractor extractor, string path, string? labelPath, int threads,
        IProgress<PipelineProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(extractor);
        using NpyWriter<float> features = new(path, extractor.SampleShape.ToArray());
        using NpyWriter<long>? labels = labelPath is null ? null : new(labelPath);
        List<UnreadableImage> unreadable = [];
        int total = folder.Images.Count, chunk = (int)Math.Clamp(ChunkValues / extractor.SampleLength, 1, Math.Min(total, 256));
        float[][] samples = [.. Enumerable.Range(0, chunk).Select(_ => new float[extractor.SampleLength])];
        string?[] problems = new string?[chunk];
        ParallelOptions options = new() { MaxDegreeOfParallelism = threads, CancellationToken = cancellation };
        ProgressMeter meter = new("features", total, progress);
        for (int start = 0; start < total; start += chunk)
        {
            int first = start, count = Math.Min(chunk, total - start);
            Parallel.For(0, count, options, i =>
            {
                problems[i] = Extract(extractor, folder.Images[first + i].Path, samples[i]);
                meter.Advance();
            });
            for (int i = 0; i < count; i++)
            {
                LabelledPath image = folder.Images[start + i];
                if (problems[i] is { } problem)
                {
                    unreadable.Add(new UnreadableImage(image.Path, problem));
                    continue;
                }
                features.Append(samples[i]);
                labels?.Append([image.Label]);
            }
        }
        if (unreadable.Count == total)
            throw new DatasetException($"{folder.Path}: none of {total} files can be read as an image; the first one: {unreadable[0].Reason}");
        features.Complete();
        labels?.Complete();
        return new ExportedFeatures(total - unreadable.Count, unreadable);
    }

    /// <summary>Writes the features of one file, or says why it cannot be read.</summary>
    private static string? Extract(FeatureExtractor extractor, string path, Span<float> features)
    {
        try
        {
            extractor.Extract(extractor.Fit(ImageReader.Read(path, extractor.Options)), features);
            return null;
        }
        catch (Exception problem) when (ImageReader.IsUnreadable(problem))
        {
            return ImageReader.Reason(problem);
        }
    }
}
