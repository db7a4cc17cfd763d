using ImageSig.Tensors;

namespace ImageSig.Quantization;

/// <summary>A model with fewer bits and, where there are images, what that changes.</summary>
/// <param name="Model">The smaller model.</param>
/// <param name="Before">How the model did before on images held back; null without images.</param>
/// <param name="After">How the smaller one does on the same.</param>
internal sealed record QuantizedModel(ImageClassifier Model, Evaluation? Before, Evaluation? After)
{
    private const double HeldBack = 0.5;

    /// <summary>The most images that help to round, evenly over all.</summary>
    private const int MaxSamples = 256;
    private const ulong Seed = 1;

    /// <summary>Makes the smaller model. With images, one half of each class helps to round weights to 8 bits, and the other is answered by both models.</summary>
    /// <param name="model">The model.</param>
    /// <param name="storage">How to keep the numbers.</param>
    /// <param name="images">Images of the model's classes, or null.</param>
    /// <param name="threads">Change the time, never the result.</param>
    /// <param name="progress">Told of images read and answered.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <exception cref="DatasetException">The set holds a class that the model does not know.</exception>
    public static QuantizedModel Of(
        ImageClassifier model, WeightStorage storage, ImageSet? images, int threads, IProgress<PipelineProgress>? progress, CancellationToken cancellationToken)
    {
        if (images is null)
            return new QuantizedModel(model.Quantized(storage), null, null);
        (LoadedImages loaded, TimeSpan decode) = model.Read(images, threads, progress, cancellationToken);
        using LoadedImages held = loaded;
        IReadOnlyList<LabeledImage> all = loaded.Images;
        StratifiedSplit split = StratifiedSplit.Draw([.. all.Select(image => image.Label)], HeldBack, Seed);
        LabeledImage[] judges = [.. split.Validation.Select(index => all[index])];
        if (judges.Length == 0)
            throw new DatasetException($"{images.Name}: no class has two images, one to round the weights with and one to compare answers on.");
        ImageClassifier small = storage == WeightStorage.Int8
            ? model.Quantized([.. Evenly(split.Training).Select(index => model.FeaturesOf(all[index].Image))], cancellationToken)
            : model.Quantized(storage);
        return new QuantizedModel(
            small, model.Evaluate(judges, loaded.Unreadable, decode, threads, progress, cancellationToken),
            small.Evaluate(judges, loaded.Unreadable, decode, threads, progress, cancellationToken));
    }

    private static IEnumerable<int> Evenly(IReadOnlyList<int> indices)
    {
        int count = Math.Min(MaxSamples, indices.Count);
        return Sequences.Range(0, count).Select(i => indices[(int)((long)i * indices.Count / count)]);
    }
}
