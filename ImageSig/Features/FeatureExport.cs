using ImageSig.NN;
using ImageSig.Signature;
using ImageSig.Tensors;

namespace ImageSig;

/// <summary>What a <see cref="FeatureExport"/> wrote.</summary>
/// <param name="Written">N: images in the arrays.</param>
/// <param name="Unreadable">Images that are not in them.</param>
public sealed record ExportedFeatures(int Written, IReadOnlyList<UnreadableImage> Unreadable);

/// <summary>The features of a set of images as arrays, for other programs to train on.</summary>
public static class FeatureExport
{
    /// <summary>Values worked on together; bounds the memory.</summary>
    private const long ChunkValues = 1 << 25;

    /// <summary>Bytes that <see cref="Write"/> works with beside the images: the features of those done together, and the threads' own memory.</summary>
    /// <param name="extractor">How features are taken.</param>
    /// <param name="images">How many images there are.</param>
    /// <param name="threads">Threads that share the work.</param>
    public static long MemoryFor(FeatureExtractor extractor, int images, int threads)
    {
        ArgumentNullException.ThrowIfNull(extractor);
        FeatureOptions options = extractor.Options;
        long samples = (long)ChunkOf(extractor, images) * extractor.SampleLength * sizeof(float);
        if (options.Input == ModelInput.Pixels)
            return samples;
        SignatureWork work = new(Math.Max(options.Height, options.Width), Math.Max(options.Height, options.Width));
        return samples + threads * SignatureMemory.Of<float>(new SignatureLayout(options.Channels, options.Depth), options.LogSignature, work).Scratch;
    }

    private static int ChunkOf(FeatureExtractor extractor, int images) => (int)Math.Clamp(ChunkValues / extractor.SampleLength, 1, Math.Clamp(images, 1, 256));

    /// <summary>Writes [N, S, F] float32 and, if asked for, the class of each image, [N] int64. Nothing is left half-written.</summary>
    /// <param name="images">The images, in the order of the rows.</param>
    /// <param name="extractor">How features are taken; not standardized.</param>
    /// <param name="path">The array to write.</param>
    /// <param name="labelPath">The array of classes to write, or null.</param>
    /// <param name="threads">Changes the time, never the result.</param>
    /// <param name="progress">Told at most ten times a second.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <exception cref="DatasetException">No file can be read as an image, or classes are asked for and there are none.</exception>
    /// <exception cref="IOException">An array cannot be written.</exception>
    public static ExportedFeatures Write(
        ImageSet images, FeatureExtractor extractor, string path, string? labelPath, int threads,
        IProgress<PipelineProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(extractor);
        IReadOnlyList<int>? classes = labelPath is null ? null : images.ToClasses().Labels;
        using NpyWriter<float> features = new(path, extractor.SampleShape.ToArray());
        using NpyWriter<long>? labels = labelPath is null ? null : new(labelPath);
        List<UnreadableImage> unreadable = [];
        int total = images.Count, chunk = ChunkOf(extractor, total);
        float[][] samples = [.. Sequences.Range(0, chunk).Select(_ => new float[extractor.SampleLength])];
        ProgressMeter meter = ProgressMeter.Of(PipelineStage.Features, total, progress);
        for (int start = 0; start < total; start += chunk)
        {
            int count = Math.Min(chunk, total - start);
            string?[] reasons = SetReader.Read(
                images, start, count, extractor, (i, image) => extractor.Extract(image, samples[i]), threads, meter, cancellationToken);
            for (int i = 0; i < count; i++)
            {
                if (reasons[i] is { } reason)
                {
                    unreadable.Add(new UnreadableImage(images.NameOf(start + i), reason));
                    continue;
                }
                features.Append(samples[i]);
                labels?.Append([classes![start + i]]);
            }
        }
        if (unreadable.Count == total)
            throw new DatasetException($"{images.Name}: none of {total} files can be read as an image{(total == 0 ? "." : $"; the first one, {unreadable[0].Path}: {unreadable[0].Reason}")}");
        features.Complete();
        labels?.Complete();
        return new ExportedFeatures(total - unreadable.Count, unreadable);
    }
}
